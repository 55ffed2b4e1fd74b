; scaled-kernel: small sizes 1, satisfiable
; A factor of a whole output channel may stand before the convolution or in its kernel.
; from: folding a batch norm
; at C=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
