; largest-relu: step
; The largest ReLU is the ReLU of the largest.
; from: ReLU is monotone
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun h (Int) Real)
; (max_1 n) is the max over # < n of (ite (< (h #) 0.0) 0.0 (h #))
(declare-fun max_1 (Int) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
(assert (<= 0 m))
(assert (=> (<= 1 m) (= (max_1 m) (ite (< (max_2 m) 0.0) 0.0 (max_2 m)))))
(assert (= (max_1 1) (ite (< (h 0) 0.0) 0.0 (h 0))))
(assert (=> (<= 1 m) (= (max_1 (+ m 1)) (ite (< (max_1 m) (ite (< (h m) 0.0) 0.0 (h m))) (ite (< (h m) 0.0) 0.0 (h m)) (max_1 m)))))
(assert (= (max_2 1) (h 0)))
(assert (=> (<= 1 m) (= (max_2 (+ m 1)) (ite (< (max_2 m) (h m)) (h m) (max_2 m)))))
; the negation of the goal
(assert (not (=> (<= 1 (+ m 1)) (= (max_1 (+ m 1)) (ite (< (max_2 (+ m 1)) 0.0) 0.0 (max_2 (+ m 1)))))))
(set-info :status unsat)
(check-sat)
