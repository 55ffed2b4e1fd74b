; embedded-taps: small sizes 1, satisfiable
; A convolution whose weights vanish outside a rectangle of taps is one over the rectangle.
; from: arXiv 2101.03697
; at C=1 kh=2 kw=3 oi=1 eh=1 oj=1 ew=1
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
(set-info :status sat)
(check-sat)
