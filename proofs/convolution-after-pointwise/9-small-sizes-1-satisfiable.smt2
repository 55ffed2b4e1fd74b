; convolution-after-pointwise: small sizes 1, satisfiable
; A 1×1 convolution without bias and a convolution of what it writes are one convolution.
; from: Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 M=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
