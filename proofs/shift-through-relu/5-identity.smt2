; shift-through-relu: identity
; A value shifted into the range of ReLU is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun t () Real)
(declare-fun b () Real)
(assert (<= 0.0 (+ (* a t) b)))
; the negation of the goal
(assert (not (= (ite (< (+ (* a t) b) 0.0) 0.0 (+ (* a t) b)) (+ (* a t) b))))
(set-info :status unsat)
(check-sat)
