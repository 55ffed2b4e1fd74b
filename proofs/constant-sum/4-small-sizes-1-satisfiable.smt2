; constant-sum: small sizes 1, satisfiable
; A sum of n equal terms is n times the term.
; from: induction on the number of terms
; at n=3
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
