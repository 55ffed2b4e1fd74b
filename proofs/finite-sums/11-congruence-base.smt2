; finite-sums: congruence, base
(set-logic QF_UFNIRA)
(declare-fun h (Int) Real)
(declare-fun g (Int) Real)
; (sum_1 n) is the sum over # < n of (h #)
(declare-fun sum_1 (Int) Real)
; (sum_2 n) is the sum over # < n of (g #)
(declare-fun sum_2 (Int) Real)
(assert (= (sum_1 0) 0.0))
(assert (= (sum_2 0) 0.0))
; the negation of the goal
(assert (not (= (sum_1 0) (sum_2 0))))
(set-info :status unsat)
(check-sat)
