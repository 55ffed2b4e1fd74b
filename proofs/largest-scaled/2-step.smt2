; largest-scaled: step
; A factor that is not negative scales the largest.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun m () Int)
(declare-fun h (Int) Real)
; (max_1 n @0) is the max over # < n of (* @0 (h #))
(declare-fun max_1 (Int Real) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
(assert (<= 0.0 factor))
(assert (<= 0 m))
(assert (=> (<= 1 m) (= (max_1 m factor) (* factor (max_2 m)))))
(assert (= (max_1 1 factor) (* factor (h 0))))
(assert (=> (<= 1 m) (= (max_1 (+ m 1) factor) (ite (< (max_1 m factor) (* factor (h m))) (* factor (h m)) (max_1 m factor)))))
(assert (= (max_2 1) (h 0)))
(assert (=> (<= 1 m) (= (max_2 (+ m 1)) (ite (< (max_2 m) (h m)) (h m) (max_2 m)))))
; the negation of the goal
(assert (not (=> (<= 1 (+ m 1)) (= (max_1 (+ m 1) factor) (* factor (max_2 (+ m 1)))))))
(set-info :status unsat)
(check-sat)
