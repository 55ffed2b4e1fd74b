; finite-sums: non-negative, base
(set-logic QF_UFNIRA)
(declare-fun h (Int) Real)
; (sum_1 n) is the sum over # < n of (h #)
(declare-fun sum_1 (Int) Real)
(assert (= (sum_1 0) 0.0))
; the negation of the goal
(assert (not (<= 0.0 (sum_1 0))))
(set-info :status unsat)
(check-sat)
