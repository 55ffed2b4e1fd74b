; basic-block-ahead-shift: scaled
; A BasicBlock (two convolutions) whose shortcut is a convolution of any kernel, done in its first layer, is its branch alone, with reserved channels: a·t + b is carried of the shortcut t where the activation is the identity.
; assuming (in-range) each shifted value of the shortcut is where the activation is the identity
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
