; constant-sum: small sizes 1
; A sum of n equal terms is n times the term.
; from: induction on the number of terms
; at n=3
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ v v v) (* 3.0 v))))
(set-info :status unsat)
(check-sat)
