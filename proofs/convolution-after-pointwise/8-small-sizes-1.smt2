; convolution-after-pointwise: small sizes 1
; A 1×1 convolution without bias and a convolution of what it writes are one convolution.
; from: Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 M=2
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun V_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun V_0_1 () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun x_0_2_1 () Real)
(declare-fun x_1_2_1 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun V_1_0 () Real)
(declare-fun V_1_1 () Real)
(declare-fun K_1_1_1_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_1_0_0_0 (+ (* V_0_0 x_0_0_1) (* V_0_1 x_1_0_1))) (* K_1_0_1_0 (+ (* V_0_0 x_0_2_1) (* V_0_1 x_1_2_1)))) (+ (* K_1_1_0_0 (+ (* V_1_0 x_0_0_1) (* V_1_1 x_1_0_1))) (* K_1_1_1_0 (+ (* V_1_0 x_0_2_1) (* V_1_1 x_1_2_1))))) (+ (+ (* (+ (* K_1_0_0_0 V_0_0) (* K_1_1_0_0 V_1_0)) x_0_0_1) (* (+ (* K_1_0_1_0 V_0_0) (* K_1_1_1_0 V_1_0)) x_0_2_1)) (+ (* (+ (* K_1_0_0_0 V_0_1) (* K_1_1_0_0 V_1_1)) x_1_0_1) (* (+ (* K_1_0_1_0 V_0_1) (* K_1_1_1_0 V_1_1)) x_1_2_1))))))
(set-info :status unsat)
(check-sat)
