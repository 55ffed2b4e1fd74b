; convolution-after-padded-pointwise: small sizes 1, satisfiable
; A 1×1 convolution and one of what it writes are one where the padding holds the bias.
; from: Diverse Branch Block, arXiv 2103.13425, section 3.3
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0 M=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
