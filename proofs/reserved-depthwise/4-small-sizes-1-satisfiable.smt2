; reserved-depthwise: small sizes 1, satisfiable
; Depthwise Dirac kernels beside others carry the reserved channels on.
; from: arXiv 2111.00687, reserve
; at R=1 k=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
