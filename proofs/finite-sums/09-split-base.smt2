; finite-sums: split, base
(set-logic QF_UFNIRA)
(declare-fun a () Int)
(declare-fun h (Int) Real)
; (sum_1 n @0) is the sum over # < n of (h (+ @0 #))
(declare-fun sum_1 (Int Int) Real)
; (sum_2 n) is the sum over # < n of (h #)
(declare-fun sum_2 (Int) Real)
(assert (<= 0 a))
(assert (= (sum_1 0 a) 0.0))
; the negation of the goal
(assert (not (= (sum_2 (+ a 0)) (+ (sum_2 a) (sum_1 0 a)))))
(set-info :status unsat)
(check-sat)
