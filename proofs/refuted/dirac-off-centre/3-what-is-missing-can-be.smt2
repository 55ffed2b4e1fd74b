; dirac-off-centre: what is missing can be
; A Dirac kernel is the identity wherever its one is, if the padding keeps the size.
; from: even kernels, one-sided padding
; at C=1 H=3 W=1 kh=2 kw=1 sy=1 sx=1 px=0 ci=0 cj=0
; missing: (centred) the padding is what the centre of the kernel reaches back
(set-logic QF_UFNIRA)
(assert (or (= 0.0 0.0) (< 0.0 0.0) (= 0.0 0.0) (< 0.0 0.0) (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
