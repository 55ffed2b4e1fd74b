; affine-before-convolution: small sizes 1, satisfiable
; A scale and a constant of each channel fold into a convolution that does not reach the border.
; assuming (interior) the window lies inside the image
; from: converter bug 7, Diverse Branch Block; arXiv 2103.13425
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=1 q=0 sy=1 sx=1 dy=1 dx=1 py=0 px=0
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
