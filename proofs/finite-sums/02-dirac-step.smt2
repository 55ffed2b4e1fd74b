; finite-sums: dirac, step
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun h (Int) Real)
(declare-fun j () Int)
; (sum_1 n @0) is the sum over # < n of (ite (= # @0) (h #) 0.0)
(declare-fun sum_1 (Int Int) Real)
(assert (<= 0 m))
(assert (= (sum_1 m j) (ite (and (<= 0 j) (< j m)) (h j) 0.0)))
(assert (=> (<= 0 m) (= (sum_1 (+ m 1) j) (+ (sum_1 m j) (ite (= m j) (h m) 0.0)))))
; the negation of the goal
(assert (not (= (sum_1 (+ m 1) j) (ite (and (<= 0 j) (< j (+ m 1))) (h j) 0.0))))
(set-info :status unsat)
(check-sat)
