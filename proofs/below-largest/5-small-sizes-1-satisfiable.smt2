; below-largest: small sizes 1, satisfiable
; No term is above the largest.
; from: the definition of the largest
; at n=3 j=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
