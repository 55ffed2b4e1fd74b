; inverted-residual-shift: one
; An inverted residual block (1×1, depthwise k×k, linear 1×1) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted value of the block's input is where the activation is the identity
; from: arXiv 2111.00687, MobileNetV2 to MobileNetV1; arXiv 1801.04381
(set-logic QF_UFNIRA)
(declare-fun m () Real)
(declare-fun t () Real)
(assert (= m 1.0))
; the negation of the goal
(assert (not (= (* m t) t)))
(set-info :status unsat)
(check-sat)
