; kernel-in-a-kernel: small sizes 1
; A small kernel in a large one, centre on centre, is the small convolution.
; from: arXiv 2101.03697
; at C=1 o=0 kh=3 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 eh=2 ei=1 ew=1 ej=0
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
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
; the negation of the goal
(assert (not (= (+ (* V_0_0_0_0 t_0_m1_1) (* V_0_0_1_0 t_0_0_1) 0.0) (+ (* V_0_0_0_0 t_0_m1_1) (* V_0_0_1_0 t_0_0_1)))))
(set-info :status unsat)
(check-sat)
