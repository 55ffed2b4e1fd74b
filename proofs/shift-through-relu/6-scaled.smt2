; shift-through-relu: scaled
; A value shifted into the range of ReLU is restored behind it.
; assuming (in-range) the shifted value is where the activation is the identity
; from: arXiv 1801.04381 (ReLU6); interval arithmetic gives the range
(set-logic QF_UFNIRA)
(declare-fun y () Real)
(declare-fun z () Real)
(declare-fun n () Real)
(assert (= y z))
; the negation of the goal
(assert (not (= (* n y) (* n z))))
(set-info :status unsat)
(check-sat)
