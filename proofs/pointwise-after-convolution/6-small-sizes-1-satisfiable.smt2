; pointwise-after-convolution: small sizes 1, satisfiable
; A convolution and a 1×1 convolution of what it writes are one convolution.
; from: Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=0 sy=1 sx=2 dy=1 dx=1 py=1 px=0 M=2 P=4 Q=4 ty=2 tx=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
