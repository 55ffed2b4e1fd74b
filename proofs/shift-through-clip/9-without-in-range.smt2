; shift-through-clip: without in-range
; A value shifted into the range of a clip such as ReLU6 is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun top () Real)
(declare-fun t () Real)
(declare-fun b () Real)
(assert (= (* e a) 1.0))
; the negation of the goal
(assert (not (= (- (* e (ite (< top (ite (< (+ (* a t) b) 0.0) 0.0 (+ (* a t) b))) top (ite (< (+ (* a t) b) 0.0) 0.0 (+ (* a t) b)))) (* e b)) t)))
(set-info :status sat)
(check-sat)
