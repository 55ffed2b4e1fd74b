; rm-rep-vgg: small sizes 2
; A RepVGG block that passes its first channels on is one convolution, whatever their sign.
; from: arXiv 2111.00687, RM-RepVGG
; at C=2 base=2 o=1 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1 R=1
(set-logic QF_UFNIRA)
(declare-fun s1_0 () Real)
(declare-fun V1_0_0_1_1 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun V1_0_1_1_1 () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun b1_0 () Real)
(declare-fun s2_0 () Real)
(declare-fun V2_0_0_0_0 () Real)
(declare-fun V2_0_1_0_0 () Real)
(declare-fun b2_0 () Real)
(declare-fun s3_0 () Real)
(declare-fun b3_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (+ (+ (* s1_0 (+ (+ (+ 0.0 0.0) (+ 0.0 (* V1_0_0_1_1 x_0_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* V1_0_1_1_1 x_1_0_1))))) b1_0) (+ (* s2_0 (+ (* V2_0_0_0_0 x_0_0_1) (* V2_0_1_0_0 x_1_0_1))) b2_0) (+ (* s3_0 x_1_0_1) b3_0)) 0.0) 0.0 (+ (+ (* s1_0 (+ (+ (+ 0.0 0.0) (+ 0.0 (* V1_0_0_1_1 x_0_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* V1_0_1_1_1 x_1_0_1))))) b1_0) (+ (* s2_0 (+ (* V2_0_0_0_0 x_0_0_1) (* V2_0_1_0_0 x_1_0_1))) b2_0) (+ (* s3_0 x_1_0_1) b3_0))) (ite (< (+ (+ (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_0 V1_0_0_1_1) (* s2_0 V2_0_0_0_0) 0.0) x_0_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_0 V1_0_1_1_1) (* s2_0 V2_0_1_0_0) (* s3_0 1.0)) x_1_0_1)))) (+ b1_0 b2_0 b3_0)) 0.0) 0.0 (+ (+ (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_0 V1_0_0_1_1) (* s2_0 V2_0_0_0_0) 0.0) x_0_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_0 V1_0_1_1_1) (* s2_0 V2_0_1_0_0) (* s3_0 1.0)) x_1_0_1)))) (+ b1_0 b2_0 b3_0))))))
(set-info :status unsat)
(check-sat)
