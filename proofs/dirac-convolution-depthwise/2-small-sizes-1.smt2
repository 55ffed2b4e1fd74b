; dirac-convolution-depthwise: small sizes 1
; A depthwise convolution with a Dirac kernel is the identity, subsampled by its stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: rm-blocks, InvertedResidual
; at H=3 W=2 kh=3 kw=2 p=0 q=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 py=1 px=0 o=2
(set-logic QF_UFNIRA)
(declare-fun x_2_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0) (+ (* 1.0 x_2_0_1) 0.0) (+ 0.0 0.0)) x_2_0_1)))
(set-info :status unsat)
(check-sat)
