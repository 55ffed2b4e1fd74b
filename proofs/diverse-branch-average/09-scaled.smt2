; diverse-branch-average: scaled
; A 1×1 convolution, its batch norm, and an average pool are one convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform V
(set-logic QF_UFNIRA)
(declare-fun y () Real)
(declare-fun z () Real)
(declare-fun n () Real)
(assert (= y z))
; the negation of the goal
(assert (not (= (* n y) (* n z))))
(set-info :status unsat)
(check-sat)
