; through-pointwise: small sizes 1, satisfiable
; A convolution of a 1×1 convolution is one convolution, read the same way at the border.
; from: arXiv 2103.13425
; at C=2 M=2 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
