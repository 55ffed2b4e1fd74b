; shift-through-clip: expanded, weighted
; A value shifted into the range of a clip such as ReLU6 is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun w () Real)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun t () Real)
(declare-fun b () Real)
; the negation of the goal
(assert (not (= (* (* (* s w) e) (+ (* a t) b)) (+ (* s (* w (* (* e a) t))) (* (* (* s w) e) b)))))
(set-info :status unsat)
(check-sat)
