; repeated-term: one more
; A sum of n equal terms is n times the term.
; from: finite sums
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun a () Real)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
(assert (<= 0 m))
(assert (= (sum_1 m a) (* (to_real m) a)))
(assert (=> (<= 0 m) (= (sum_1 (+ m 1) a) (+ (sum_1 m a) a))))
; the negation of the goal
(assert (not (= (sum_1 (+ m 1) a) (* (to_real (+ m 1)) a))))
(set-info :status unsat)
(check-sat)
