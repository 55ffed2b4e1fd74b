; dirac-convolution-depthwise: without centred
; A depthwise convolution with a Dirac kernel is the identity, subsampled by its stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: rm-blocks, InvertedResidual
; at H=2 W=2 kh=1 kw=1 p=0 q=1 ci=0 cj=0 sy=1 sx=1 dy=1 dx=2 py=1 px=0 o=0
(set-logic QF_UFNIRA)
(declare-fun x_0_0_1 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= 0.0 x_0_0_1)))
(set-info :status sat)
(check-sat)
