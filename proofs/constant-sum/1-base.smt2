; constant-sum: base
; A sum of n equal terms is n times the term.
; from: induction on the number of terms
(set-logic QF_UFNIRA)
(declare-fun v () Real)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
(assert (= (sum_1 0 v) 0.0))
; the negation of the goal
(assert (not (= (sum_1 0 v) (* (to_real 0) v))))
(set-info :status unsat)
(check-sat)
