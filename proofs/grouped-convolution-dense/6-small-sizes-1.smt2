; grouped-convolution-dense: small sizes 1
; A grouped convolution is a dense one with block-diagonal weights.
; from: rm-blocks, RMNeXt and Bottleneck; converter bug 12
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 g=2 w=2 a=1
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun x_2_0_1 () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun x_2_2_1 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun x_3_0_1 () Real)
(declare-fun K_1_1_1_0 () Real)
(declare-fun x_3_2_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0) (+ 0.0 0.0) (+ (* K_1_0_0_0 x_2_0_1) (* K_1_0_1_0 x_2_2_1)) (+ (* K_1_1_0_0 x_3_0_1) (* K_1_1_1_0 x_3_2_1))) (+ (+ (* K_1_0_0_0 x_2_0_1) (* K_1_0_1_0 x_2_2_1)) (+ (* K_1_1_0_0 x_3_0_1) (* K_1_1_1_0 x_3_2_1))))))
(set-info :status unsat)
(check-sat)
