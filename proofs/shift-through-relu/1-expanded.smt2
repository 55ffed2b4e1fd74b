; shift-through-relu: expanded
; A value shifted into the range of ReLU is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun t () Real)
(declare-fun b () Real)
; the negation of the goal
(assert (not (= (* e (+ (* a t) b)) (+ (* (* e a) t) (* e b)))))
(set-info :status unsat)
(check-sat)
