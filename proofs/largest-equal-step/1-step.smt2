; largest-equal-step: step
; Where the largest of m terms are equal and the next are, the largest of m + 1 are.
; assuming (so-far) equality of the first m
; assuming (next) equality of the next
; from: induction on the number of terms
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun h (Int) Real)
(declare-fun g (Int) Real)
; (max_1 n) is the max over # < n of (h #)
(declare-fun max_1 (Int) Real)
; (max_2 n) is the max over # < n of (g #)
(declare-fun max_2 (Int) Real)
(assert (<= 0 m))
(assert (=> (<= 1 m) (= (max_1 m) (max_2 m))))
(assert (= (h m) (g m)))
(assert (= (max_1 1) (h 0)))
(assert (=> (<= 1 m) (= (max_1 (+ m 1)) (ite (< (max_1 m) (h m)) (h m) (max_1 m)))))
(assert (= (max_2 1) (g 0)))
(assert (=> (<= 1 m) (= (max_2 (+ m 1)) (ite (< (max_2 m) (g m)) (g m) (max_2 m)))))
; the negation of the goal
(assert (not (=> (<= 1 (+ m 1)) (= (max_1 (+ m 1)) (max_2 (+ m 1))))))
(set-info :status unsat)
(check-sat)
