; reserved-channel: small sizes 1, satisfiable
; A kernel with one entry, at the tap that reads the pixel itself, is a multiple of one channel.
; from: arXiv 2111.00687, reserve
; at C=2 src=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
