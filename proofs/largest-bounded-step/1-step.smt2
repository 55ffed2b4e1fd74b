; largest-bounded-step: step
; A bound of the largest of m terms and of the next is one of the largest of m + 1.
; assuming (so-far) b is a bound of the first m
; assuming (next) b is a bound of the next
; from: induction on the number of terms
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun h (Int) Real)
(declare-fun b () Real)
; (max_1 n) is the max over # < n of (h #)
(declare-fun max_1 (Int) Real)
(assert (<= 0 m))
(assert (=> (<= 1 m) (<= (max_1 m) b)))
(assert (<= (h m) b))
(assert (= (max_1 1) (h 0)))
(assert (=> (<= 1 m) (= (max_1 (+ m 1)) (ite (< (max_1 m) (h m)) (h m) (max_1 m)))))
; the negation of the goal
(assert (not (=> (<= 1 (+ m 1)) (<= (max_1 (+ m 1)) b))))
(set-info :status unsat)
(check-sat)
