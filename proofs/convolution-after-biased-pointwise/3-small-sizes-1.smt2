; convolution-after-biased-pointwise: small sizes 1
; A 1×1 convolution and one of what it writes are one, away from the border or without bias.
; assuming (interior-or-no-bias) the window lies inside the image, or the bias in between is zero
; from: converter bugs 7 and 13; Diverse Branch Block, arXiv 2103.13425
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=1 q=0 sy=1 sx=1 dy=1 dx=1 py=0 px=0 M=2
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun V_0_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun b_0 () Real)
(declare-fun K_0_0_1_0 () Real)
(declare-fun x_0_2_0 () Real)
(declare-fun K_0_1_0_0 () Real)
(declare-fun V_1_0 () Real)
(declare-fun b_1 () Real)
(declare-fun K_0_1_1_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_0_0_0_0 (+ (* V_0_0 x_0_1_0) b_0)) (* K_0_0_1_0 (+ (* V_0_0 x_0_2_0) b_0))) (+ (* K_0_1_0_0 (+ (* V_1_0 x_0_1_0) b_1)) (* K_0_1_1_0 (+ (* V_1_0 x_0_2_0) b_1)))) (+ (+ (* (+ (* K_0_0_0_0 V_0_0) (* K_0_1_0_0 V_1_0)) x_0_1_0) (* (+ (* K_0_0_1_0 V_0_0) (* K_0_1_1_0 V_1_0)) x_0_2_0)) (+ (+ (* K_0_0_0_0 b_0) (* K_0_0_1_0 b_0)) (+ (* K_0_1_0_0 b_1) (* K_0_1_1_0 b_1)))))))
(set-info :status unsat)
(check-sat)
