; constant-sum: step
; A sum of n equal terms is n times the term.
; from: induction on the number of terms
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun v () Real)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
(assert (<= 0 m))
(assert (= (sum_1 m v) (* (to_real m) v)))
(assert (=> (<= 0 m) (= (sum_1 (+ m 1) v) (+ (sum_1 m v) v))))
; the negation of the goal
(assert (not (= (sum_1 (+ m 1) v) (* (to_real (+ m 1)) v))))
(set-info :status unsat)
(check-sat)
