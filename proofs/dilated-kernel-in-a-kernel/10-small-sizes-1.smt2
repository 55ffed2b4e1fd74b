; dilated-kernel-in-a-kernel: small sizes 1
; A kernel whose taps are further apart, in a large one, centre on centre, is its own convolution.
; from: arXiv 2311.15599
; at C=1 o=0 kh=3 kw=1 ci=2 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 eh=2 ei=1 ew=1 ej=0 fy=2 fx=1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun t_0_m2_1 () Real)
(declare-fun t_0_m1_1 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun t_0_0_1 () Real)
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
(assert (not (= (+ (* (+ V_0_0_0_0 0.0) t_0_m2_1) (* (+ 0.0 0.0) t_0_m1_1) (* (+ 0.0 V_0_0_1_0) t_0_0_1)) (+ (* V_0_0_0_0 t_0_m2_1) (* V_0_0_1_0 t_0_0_1)))))
(set-info :status unsat)
(check-sat)
