; embedded-taps: small sizes 1
; A convolution whose weights vanish outside a rectangle of taps is one over the rectangle.
; from: arXiv 2101.03697
; at C=1 kh=2 kw=3 oi=1 eh=1 oj=1 ew=1
(set-logic QF_UFNIRA)
(declare-fun g_0_1_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0 0.0) (+ 0.0 g_0_1_1 0.0)) g_0_1_1)))
(set-info :status unsat)
(check-sat)
