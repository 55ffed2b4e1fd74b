; centre-tap: small sizes 1, satisfiable
; A 1×1 kernel in the centre tap of a larger one reads what the 1×1 convolution reads.
; from: arXiv 2111.00687, merging a projection
; at C=2 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
