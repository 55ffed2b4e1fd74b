; finite-sums: zero, base
(set-logic QF_UFNIRA)
; (sum_1 n) is the sum over # < n of 0.0
(declare-fun sum_1 (Int) Real)
(assert (= (sum_1 0) 0.0))
; the negation of the goal
(assert (not (= (sum_1 0) 0.0)))
(set-info :status unsat)
(check-sat)
