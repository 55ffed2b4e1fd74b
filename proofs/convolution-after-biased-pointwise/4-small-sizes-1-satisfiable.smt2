; convolution-after-biased-pointwise: small sizes 1, satisfiable
; A 1×1 convolution and one of what it writes are one, away from the border or without bias.
; assuming (interior-or-no-bias) the window lies inside the image, or the bias in between is zero
; from: converter bugs 7 and 13; Diverse Branch Block, arXiv 2103.13425
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=1 q=0 sy=1 sx=1 dy=1 dx=1 py=0 px=0 M=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
