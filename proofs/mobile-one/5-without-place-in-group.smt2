; mobile-one: without place-in-group
; Any number of k×k convolutions, a 1×1 and the input, a batch norm each, are one convolution.
; assuming (place-in-group) the entry of the identity is at the channel's place in its group
; from: arXiv 2206.04040, figure 3
; at C=2 base=2 o=3 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1 n=2 index=0
(set-logic QF_UFNIRA)
(declare-fun sm_0_3 () Real)
(declare-fun Vm_0_3_0_1_1 () Real)
(declare-fun x_2_0_1 () Real)
(declare-fun Vm_0_3_1_1_1 () Real)
(declare-fun x_3_0_1 () Real)
(declare-fun bm_0_3 () Real)
(declare-fun sm_1_3 () Real)
(declare-fun Vm_1_3_0_1_1 () Real)
(declare-fun Vm_1_3_1_1_1 () Real)
(declare-fun bm_1_3 () Real)
(declare-fun s1_3 () Real)
(declare-fun V1_3_0_0_0 () Real)
(declare-fun V1_3_1_0_0 () Real)
(declare-fun b1_3 () Real)
(declare-fun s2_3 () Real)
(declare-fun b2_3 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ (* sm_0_3 (+ (+ (+ 0.0 0.0) (+ 0.0 (* Vm_0_3_0_1_1 x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* Vm_0_3_1_1_1 x_3_0_1))))) bm_0_3) (+ (* sm_1_3 (+ (+ (+ 0.0 0.0) (+ 0.0 (* Vm_1_3_0_1_1 x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* Vm_1_3_1_1_1 x_3_0_1))))) bm_1_3)) (+ (* s1_3 (+ (* V1_3_0_0_0 x_2_0_1) (* V1_3_1_0_0 x_3_0_1))) b1_3) (+ (* s2_3 x_3_0_1) b2_3)) (+ (+ (+ (+ 0.0 0.0) (+ 0.0 (* (+ (+ (* sm_0_3 Vm_0_3_0_1_1) (* sm_1_3 Vm_1_3_0_1_1)) (* s1_3 V1_3_0_0_0) (* s2_3 1.0)) x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* (+ (+ (* sm_0_3 Vm_0_3_1_1_1) (* sm_1_3 Vm_1_3_1_1_1)) (* s1_3 V1_3_1_0_0) 0.0) x_3_0_1)))) (+ (+ bm_0_3 bm_1_3) b1_3 b2_3)))))
(set-info :status sat)
(check-sat)
