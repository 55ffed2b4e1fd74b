; inverted-residual-shift: expanded, weighted
; An inverted residual block (1×1, depthwise k×k, linear 1×1) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted value of the block's input is where the activation is the identity
; from: arXiv 2111.00687, MobileNetV2 to MobileNetV1; arXiv 1801.04381
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
