; shift-through-relu: one, weighted
; A value shifted into the range of ReLU is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun m () Real)
(declare-fun s () Real)
(declare-fun w () Real)
(declare-fun t () Real)
(assert (= m 1.0))
; the negation of the goal
(assert (not (= (* s (* w (* m t))) (* s (* w t)))))
(set-info :status unsat)
(check-sat)
