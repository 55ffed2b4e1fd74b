; dirac-net: small sizes 1
; A multiple of the input plus a normalized convolution, behind a ReLU, is one convolution.
; assuming (place-in-group) the entry of the identity is at the channel's place in its group
; from: arXiv 1706.00388
; at C=2 base=2 o=3 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun index () Int)
(declare-fun norm_3 () Real)
(declare-fun alpha_3 () Real)
(declare-fun x_3_0_1 () Real)
(declare-fun beta_3 () Real)
(declare-fun V_3_0_0_0 () Real)
(declare-fun V_3_0_0_1 () Real)
(declare-fun V_3_0_1_0 () Real)
(declare-fun V_3_0_1_1 () Real)
(declare-fun x_2_0_1 () Real)
(declare-fun V_3_1_0_0 () Real)
(declare-fun V_3_1_0_1 () Real)
(declare-fun V_3_1_1_0 () Real)
(declare-fun V_3_1_1_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (and (<= 0 index) (< index 2)))
(assert (= (+ 2 index) 3))
(assert (< 0.0 norm_3))
; the negation of the goal
(assert (not (= (+ (* alpha_3 (ite (< x_3_0_1 0.0) 0.0 x_3_0_1)) (* beta_3 (+ (+ (+ (* (/ V_3_0_0_0 norm_3) (ite (< 0.0 0.0) 0.0 0.0)) (* (/ V_3_0_0_1 norm_3) (ite (< 0.0 0.0) 0.0 0.0))) (+ (* (/ V_3_0_1_0 norm_3) (ite (< 0.0 0.0) 0.0 0.0)) (* (/ V_3_0_1_1 norm_3) (ite (< x_2_0_1 0.0) 0.0 x_2_0_1)))) (+ (+ (* (/ V_3_1_0_0 norm_3) (ite (< 0.0 0.0) 0.0 0.0)) (* (/ V_3_1_0_1 norm_3) (ite (< 0.0 0.0) 0.0 0.0))) (+ (* (/ V_3_1_1_0 norm_3) (ite (< 0.0 0.0) 0.0 0.0)) (* (/ V_3_1_1_1 norm_3) (ite (< x_3_0_1 0.0) 0.0 x_3_0_1))))))) (+ (+ (+ (+ (* (+ 0.0 (* beta_3 (/ V_3_0_0_0 norm_3))) (ite (< 0.0 0.0) 0.0 0.0)) (* (+ 0.0 (* beta_3 (/ V_3_0_0_1 norm_3))) (ite (< 0.0 0.0) 0.0 0.0))) (+ (* (+ 0.0 (* beta_3 (/ V_3_0_1_0 norm_3))) (ite (< 0.0 0.0) 0.0 0.0)) (* (+ (* alpha_3 (ite (= 0 index) 1.0 0.0)) (* beta_3 (/ V_3_0_1_1 norm_3))) (ite (< x_2_0_1 0.0) 0.0 x_2_0_1)))) (+ (+ (* (+ 0.0 (* beta_3 (/ V_3_1_0_0 norm_3))) (ite (< 0.0 0.0) 0.0 0.0)) (* (+ 0.0 (* beta_3 (/ V_3_1_0_1 norm_3))) (ite (< 0.0 0.0) 0.0 0.0))) (+ (* (+ 0.0 (* beta_3 (/ V_3_1_1_0 norm_3))) (ite (< 0.0 0.0) 0.0 0.0)) (* (+ (* alpha_3 (ite (= 1 index) 1.0 0.0)) (* beta_3 (/ V_3_1_1_1 norm_3))) (ite (< x_3_0_1 0.0) 0.0 x_3_0_1))))) 0.0))))
(set-info :status unsat)
(check-sat)
