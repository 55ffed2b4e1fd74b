; rep-vgg-strided: small sizes 1
; A k×k and a 1×1 convolution of any stride, a batch norm each, are one k×k convolution.
; from: arXiv 2101.03697, figure 4
; at C=2 base=2 o=3 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun s1_3 () Real)
(declare-fun V1_3_0_1_1 () Real)
(declare-fun x_2_0_1 () Real)
(declare-fun V1_3_1_1_1 () Real)
(declare-fun x_3_0_1 () Real)
(declare-fun b1_3 () Real)
(declare-fun s2_3 () Real)
(declare-fun V2_3_0_0_0 () Real)
(declare-fun V2_3_1_0_0 () Real)
(declare-fun b2_3 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* s1_3 (+ (+ (+ 0.0 0.0) (+ 0.0 (* V1_3_0_1_1 x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* V1_3_1_1_1 x_3_0_1))))) b1_3) (+ (* s2_3 (+ (* V2_3_0_0_0 x_2_0_1) (* V2_3_1_0_0 x_3_0_1))) b2_3)) (+ (+ (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_3 V1_3_0_1_1) (* s2_3 V2_3_0_0_0)) x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_3 V1_3_1_1_1) (* s2_3 V2_3_1_0_0)) x_3_0_1)))) (+ b1_3 b2_3)))))
(set-info :status unsat)
(check-sat)
