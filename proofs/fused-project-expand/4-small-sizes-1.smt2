; fused-project-expand: small sizes 1
; A 1×1 projection and the 1×1 expansion behind it, a batch norm each, are one 1×1 convolution.
; from: arXiv 2111.00687, MobileNetV2 to MobileNetV1
; at C=2 M=2 o=0 p=0 q=1 H=1 W=2
(set-logic QF_UFNIRA)
(declare-fun s2_0 () Real)
(declare-fun V2_0_0_0_0 () Real)
(declare-fun s1_0 () Real)
(declare-fun V1_0_0_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun V1_0_1_0_0 () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun b1_0 () Real)
(declare-fun V2_0_1_0_0 () Real)
(declare-fun s1_1 () Real)
(declare-fun V1_1_0_0_0 () Real)
(declare-fun V1_1_1_0_0 () Real)
(declare-fun b1_1 () Real)
(declare-fun b2_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* s2_0 (+ (* V2_0_0_0_0 (+ (* s1_0 (+ (* V1_0_0_0_0 x_0_0_1) (* V1_0_1_0_0 x_1_0_1))) b1_0)) (* V2_0_1_0_0 (+ (* s1_1 (+ (* V1_1_0_0_0 x_0_0_1) (* V1_1_1_0_0 x_1_0_1))) b1_1)))) b2_0) (+ (+ (* (* s2_0 (+ (* V2_0_0_0_0 (* s1_0 V1_0_0_0_0)) (* V2_0_1_0_0 (* s1_1 V1_1_0_0_0)))) x_0_0_1) (* (* s2_0 (+ (* V2_0_0_0_0 (* s1_0 V1_0_1_0_0)) (* V2_0_1_0_0 (* s1_1 V1_1_1_0_0)))) x_1_0_1)) (+ (* s2_0 (+ (* V2_0_0_0_0 b1_0) (* V2_0_1_0_0 b1_1))) b2_0)))))
(set-info :status unsat)
(check-sat)
