; summed-kernels: small sizes 1
; Any number of convolutions add up to one whose kernel is the sum.
; from: arXiv 2206.04040
; at C=1 n=2 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0_0 () Real)
(declare-fun V_1_0_0_0_0 () Real)
(declare-fun t_0_m1_1 () Real)
(declare-fun V_0_0_0_1_0 () Real)
(declare-fun V_1_0_0_1_0 () Real)
(declare-fun t_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* (+ V_0_0_0_0_0 V_1_0_0_0_0) t_0_m1_1) (* (+ V_0_0_0_1_0 V_1_0_0_1_0) t_0_0_1)) (+ (+ (* V_0_0_0_0_0 t_0_m1_1) (* V_0_0_0_1_0 t_0_0_1)) (+ (* V_1_0_0_0_0 t_0_m1_1) (* V_1_0_0_1_0 t_0_0_1))))))
(set-info :status unsat)
(check-sat)
