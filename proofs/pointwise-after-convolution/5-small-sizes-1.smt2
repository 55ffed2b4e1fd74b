; pointwise-after-convolution: small sizes 1
; A convolution and a 1×1 convolution of what it writes are one convolution.
; from: Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=0 sy=1 sx=2 dy=1 dx=1 py=1 px=0 M=2 P=4 Q=4 ty=2 tx=1
(set-logic QF_UFNIRA)
(declare-fun V_1_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun K_0_0_1_0 () Real)
(declare-fun x_0_2_0 () Real)
(declare-fun K_0_1_0_0 () Real)
(declare-fun x_1_1_0 () Real)
(declare-fun K_0_1_1_0 () Real)
(declare-fun x_1_2_0 () Real)
(declare-fun b_0 () Real)
(declare-fun V_1_1 () Real)
(declare-fun K_1_0_0_0 () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun K_1_1_1_0 () Real)
(declare-fun b_1 () Real)
(declare-fun d_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* V_1_0 (+ (+ (+ (* K_0_0_0_0 x_0_1_0) (* K_0_0_1_0 x_0_2_0)) (+ (* K_0_1_0_0 x_1_1_0) (* K_0_1_1_0 x_1_2_0))) b_0)) (* V_1_1 (+ (+ (+ (* K_1_0_0_0 x_0_1_0) (* K_1_0_1_0 x_0_2_0)) (+ (* K_1_1_0_0 x_1_1_0) (* K_1_1_1_0 x_1_2_0))) b_1))) d_1) (+ (+ (+ (* (+ (* V_1_0 K_0_0_0_0) (* V_1_1 K_1_0_0_0)) x_0_1_0) (* (+ (* V_1_0 K_0_0_1_0) (* V_1_1 K_1_0_1_0)) x_0_2_0)) (+ (* (+ (* V_1_0 K_0_1_0_0) (* V_1_1 K_1_1_0_0)) x_1_1_0) (* (+ (* V_1_0 K_0_1_1_0) (* V_1_1 K_1_1_1_0)) x_1_2_0))) (+ (+ (* V_1_0 b_0) (* V_1_1 b_1)) d_1)))))
(set-info :status unsat)
(check-sat)
