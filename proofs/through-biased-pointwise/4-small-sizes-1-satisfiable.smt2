; through-biased-pointwise: small sizes 1, satisfiable
; A bias behind a 1×1 convolution, if it is there at the border too, adds a constant to the next.
; from: arXiv 2103.13425, transform III
; at C=2 M=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
