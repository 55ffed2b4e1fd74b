; summed-kernels: small sizes 1, satisfiable
; Any number of convolutions add up to one whose kernel is the sum.
; from: arXiv 2206.04040
; at C=1 n=2 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
