; finite-sums: swap, base
(set-logic QF_UFNIRA)
(declare-fun l () Int)
(declare-fun f (Int Int) Real)
; (sum_1 n @0) is the sum over # < n of (sum #1 < @0 of (f # #1))
(declare-fun sum_1 (Int Int) Real)
; (sum_2 n) is the sum over # < n of (sum #1 < 0 of (f #1 #))
(declare-fun sum_2 (Int) Real)
; (sum_3 n) is the sum over # < n of 0.0
(declare-fun sum_3 (Int) Real)
(assert (<= 0 l))
(assert (= (sum_1 0 l) 0.0))
(assert (=> (<= 0 l) (= (sum_2 l) (sum_3 l))))
(assert (=> (<= 0 l) (= (sum_3 l) 0.0)))
; the negation of the goal
(assert (not (= (sum_1 0 l) (sum_2 l))))
(set-info :status unsat)
(check-sat)
