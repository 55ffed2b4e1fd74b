; basic-block-shift: scaled
; A BasicBlock (two convolutions) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted value of the block's input is where the activation is the identity
; from: arXiv 2111.00687, figure 2; arXiv 1512.03385, figure 5
(set-logic QF_UFNIRA)
(declare-fun y () Real)
(declare-fun z () Real)
(declare-fun n () Real)
(assert (= y z))
; the negation of the goal
(assert (not (= (* n y) (* n z))))
(set-info :status unsat)
(check-sat)
