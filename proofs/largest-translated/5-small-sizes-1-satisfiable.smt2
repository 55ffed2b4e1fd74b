; largest-translated: small sizes 1, satisfiable
; What is added to every term is added to the largest.
; from: max-plus algebra
; at n=3
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
