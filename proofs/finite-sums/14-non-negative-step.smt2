; finite-sums: non-negative, step
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun h (Int) Real)
; (sum_1 n) is the sum over # < n of (h #)
(declare-fun sum_1 (Int) Real)
(assert (<= 0 m))
(assert (<= 0.0 (sum_1 m)))
(assert (<= 0.0 (h m)))
(assert (=> (<= 0 m) (= (sum_1 (+ m 1)) (+ (sum_1 m) (h m)))))
; the negation of the goal
(assert (not (<= 0.0 (sum_1 (+ m 1)))))
(set-info :status unsat)
(check-sat)
