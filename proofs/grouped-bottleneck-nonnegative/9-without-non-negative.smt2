; grouped-bottleneck-nonnegative: without non-negative
; A grouped bottleneck (1×1, grouped k×k, 1×1) is its branch alone, with reserved channels: its input is not negative, so the activation leaves it alone.
; assuming (whole-groups) the reserved channels are a multiple of the channels of a group
; assuming (non-negative) no value of the block's input is negative at this pixel
; from: arXiv 2111.00687, RMNeXt; arXiv 1611.05431
; at C=1 H=1 W=1 o=0 p=0 q=0 gR=1 gM=1 w=1 M1=1 H1=1 W1=1 M2=1 H2=1 W2=1 kh2=1 kw2=1 ci2=0 cj2=0 dy2=1 dx2=1 M3=1 H3=1 W3=1
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun s3_0 () Real)
(declare-fun V3_0_0_0_0 () Real)
(declare-fun s2_0 () Real)
(declare-fun V2_0_0_0_0 () Real)
(declare-fun s1_0 () Real)
(declare-fun V1_0_0_0_0 () Real)
(declare-fun b1_0 () Real)
(declare-fun b2_0 () Real)
(declare-fun b3_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (+ x_0_0_0 (+ (* s3_0 (* V3_0_0_0_0 (ite (< (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0) 0.0) 0.0 (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)))) b3_0)) 0.0) 0.0 (+ x_0_0_0 (+ (* s3_0 (* V3_0_0_0_0 (ite (< (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0) 0.0) 0.0 (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)))) b3_0))) (ite (< (+ (+ (* 1.0 (ite (< (+ (* 1.0 (* 1.0 (ite (< (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0) 0.0) 0.0 (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0)))) 0.0) 0.0) 0.0 (+ (* 1.0 (* 1.0 (ite (< (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0) 0.0) 0.0 (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0)))) 0.0))) (* (* s3_0 V3_0_0_0_0) (ite (< (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0) 0.0) 0.0 (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)))) b3_0) 0.0) 0.0 (+ (+ (* 1.0 (ite (< (+ (* 1.0 (* 1.0 (ite (< (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0) 0.0) 0.0 (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0)))) 0.0) 0.0) 0.0 (+ (* 1.0 (* 1.0 (ite (< (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0) 0.0) 0.0 (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0)))) 0.0))) (* (* s3_0 V3_0_0_0_0) (ite (< (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0) 0.0) 0.0 (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)))) b3_0)))))
(set-info :status sat)
(check-sat)
