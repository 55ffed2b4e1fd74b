; diverse-branch-average: one
; A 1×1 convolution, its batch norm, and an average pool are one convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform V
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun b1 (Int) Real)
(declare-fun o () Int)
(assert (= a 1.0))
; the negation of the goal
(assert (not (= (* a (b1 o)) (b1 o))))
(set-info :status unsat)
(check-sat)
