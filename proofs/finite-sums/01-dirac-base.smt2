; finite-sums: dirac, base
(set-logic QF_UFNIRA)
(declare-fun h (Int) Real)
(declare-fun j () Int)
; (sum_1 n @0) is the sum over # < n of (ite (= # @0) (h #) 0.0)
(declare-fun sum_1 (Int Int) Real)
(assert (= (sum_1 0 j) 0.0))
; the negation of the goal
(assert (not (= (sum_1 0 j) (ite (and (<= 0 j) (< j 0)) (h j) 0.0))))
(set-info :status unsat)
(check-sat)
