; dirac-convolution: without centred
; A convolution with a Dirac kernel is the identity, subsampled by its stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: arXiv 2111.00687, reserve
; at C=1 H=2 W=2 kh=1 kw=1 o=0 ci=0 cj=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= 0.0 x_0_0_0)))
(set-info :status sat)
(check-sat)
