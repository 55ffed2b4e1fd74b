; shift-through-relu: conclusion
; A value shifted into the range of ReLU is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun t () Real)
(declare-fun b () Real)
(assert (= (* e a) 1.0))
(assert (<= 0.0 (+ (* a t) b)))
(assert (=> (<= 0.0 (+ (* a t) b)) (= (* e (ite (< (+ (* a t) b) 0.0) 0.0 (+ (* a t) b))) (* e (+ (* a t) b)))))
(assert (= (* e (+ (* a t) b)) (+ (* (* e a) t) (* e b))))
(assert (=> (= (* e a) 1.0) (= (* (* e a) t) t)))
; the negation of the goal
(assert (not (= (- (* e (ite (< (+ (* a t) b) 0.0) 0.0 (+ (* a t) b))) (* e b)) t)))
(set-info :status unsat)
(check-sat)
