; finite-sums: zero, step
(set-logic QF_UFNIRA)
(declare-fun m () Int)
; (sum_1 n) is the sum over # < n of 0.0
(declare-fun sum_1 (Int) Real)
(assert (<= 0 m))
(assert (= (sum_1 m) 0.0))
(assert (=> (<= 0 m) (= (sum_1 (+ m 1)) (+ (sum_1 m) 0.0))))
; the negation of the goal
(assert (not (= (sum_1 (+ m 1)) 0.0)))
(set-info :status unsat)
(check-sat)
