; kernel-in-a-kernel: small sizes 1, satisfiable
; A small kernel in a large one, centre on centre, is the small convolution.
; from: arXiv 2101.03697
; at C=1 o=0 kh=3 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 eh=2 ei=1 ew=1 ej=0
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
