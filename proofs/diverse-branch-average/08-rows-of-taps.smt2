; diverse-branch-average: rows of taps
; A 1×1 convolution, its batch norm, and an average pool are one convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform V
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun share () Real)
(declare-fun b1 (Int) Real)
(declare-fun o () Int)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
; the negation of the goal
(assert (not (= (* (to_real 1) (sum_1 kh (sum_1 kw (* share (b1 o))))) (sum_1 kh (sum_1 kw (* share (b1 o)))))))
(set-info :status unsat)
(check-sat)
