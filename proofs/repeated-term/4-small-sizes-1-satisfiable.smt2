; repeated-term: small sizes 1, satisfiable
; A sum of n equal terms is n times the term.
; from: finite sums
; at n=3
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
