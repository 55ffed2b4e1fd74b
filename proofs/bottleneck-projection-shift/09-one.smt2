; bottleneck-projection-shift: one
; A Bottleneck (1×1, k×k, 1×1) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted channel of the block's input is where the activation is the identity
; from: arXiv 2111.00687; arXiv 1512.03385, figure 5
(set-logic QF_UFNIRA)
(declare-fun m () Real)
(declare-fun t () Real)
(assert (= m 1.0))
; the negation of the goal
(assert (not (= (* m t) t)))
(set-info :status unsat)
(check-sat)
