; dilated-branches: small sizes 1, satisfiable
; Kernels around one centre, one with taps further apart, a batch norm each, are one kernel.
; from: arXiv 2311.15599, equation 1
; at C=2 base=2 o=3 H=2 W=2 kh=3 kw=1 ci=2 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 eh=1 ew=1 ei=0 ej=0 gh=2 gw=1 gi=1 gj=0 fy=2 fx=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
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
