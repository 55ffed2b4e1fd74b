; largest-translated: step
; What is added to every term is added to the largest.
; from: max-plus algebra
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun h (Int) Real)
(declare-fun b () Real)
; (max_1 n @0) is the max over # < n of (+ (h #) @0)
(declare-fun max_1 (Int Real) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
(assert (<= 0 m))
(assert (=> (<= 1 m) (= (max_1 m b) (+ (max_2 m) b))))
(assert (= (max_1 1 b) (+ (h 0) b)))
(assert (=> (<= 1 m) (= (max_1 (+ m 1) b) (ite (< (max_1 m b) (+ (h m) b)) (+ (h m) b) (max_1 m b)))))
(assert (= (max_2 1) (h 0)))
(assert (=> (<= 1 m) (= (max_2 (+ m 1)) (ite (< (max_2 m) (h m)) (h m) (max_2 m)))))
; the negation of the goal
(assert (not (=> (<= 1 (+ m 1)) (= (max_1 (+ m 1) b) (+ (max_2 (+ m 1)) b)))))
(set-info :status unsat)
(check-sat)
