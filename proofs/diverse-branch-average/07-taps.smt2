; diverse-branch-average: taps
; A 1×1 convolution, its batch norm, and an average pool are one convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform V
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun share () Real)
(declare-fun b1 (Int) Real)
(declare-fun o () Int)
; the negation of the goal
(assert (not (= (* (to_real kh) (* (to_real kw) (* share (b1 o)))) (* (* share (* (to_real kh) (to_real kw))) (b1 o)))))
(set-info :status unsat)
(check-sat)
