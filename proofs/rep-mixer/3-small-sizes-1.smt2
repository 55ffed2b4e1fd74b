; rep-mixer: small sizes 1
; A mixer, x plus a multiple of a convolution less a batch norm of x, is one convolution.
; assuming (place-in-group) the entry of the identity is at the channel's place in its group
; from: arXiv 2303.14189
; at C=2 base=2 o=3 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun index () Int)
(declare-fun x_3_0_1 () Real)
(declare-fun ls_3 () Real)
(declare-fun sm_3 () Real)
(declare-fun V_3_0_1_1 () Real)
(declare-fun x_2_0_1 () Real)
(declare-fun V_3_1_1_1 () Real)
(declare-fun bm_3 () Real)
(declare-fun sn_3 () Real)
(declare-fun bn_3 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (and (<= 0 index) (< index 2)))
(assert (= (+ 2 index) 3))
; the negation of the goal
(assert (not (= (+ x_3_0_1 (* ls_3 (- (+ (* sm_3 (+ (+ (+ 0.0 0.0) (+ 0.0 (* V_3_0_1_1 x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* V_3_1_1_1 x_3_0_1))))) bm_3) (+ (* sn_3 x_3_0_1) bn_3)))) (+ (+ (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* (- 1.0 (* ls_3 sn_3)) (ite (= 0 index) 1.0 0.0)) (* (* ls_3 sm_3) V_3_0_1_1)) x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* (- 1.0 (* ls_3 sn_3)) (ite (= 1 index) 1.0 0.0)) (* (* ls_3 sm_3) V_3_1_1_1)) x_3_0_1)))) (* ls_3 (- bm_3 bn_3))))))
(set-info :status unsat)
(check-sat)
