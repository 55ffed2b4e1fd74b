; rm-rep-vgg: small sizes 1, satisfiable
; A RepVGG block that passes its first channels on is one convolution, whatever their sign.
; from: arXiv 2111.00687, RM-RepVGG
; at C=2 base=2 o=0 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1 R=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
