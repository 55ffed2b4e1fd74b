; embedded-kernel: small sizes 1
; A kernel with zeros around it is the kernel, where the padding grows by as many taps.
; assuming (padding-grown) the padding is larger by the taps before the kernel
; from: rm-blocks, RepVGG, ACNet, RepLKNet
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 Kh=3 Kw=2 a=1 b=1 ey=3 ex=2
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun x_0_2_1 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun K_1_1_1_0 () Real)
(declare-fun x_1_2_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ 0.0 0.0) (+ 0.0 (* K_1_0_0_0 x_0_0_1)) (+ 0.0 (* K_1_0_1_0 x_0_2_1))) (+ (+ 0.0 0.0) (+ 0.0 (* K_1_1_0_0 x_1_0_1)) (+ 0.0 (* K_1_1_1_0 x_1_2_1)))) (+ (+ (* K_1_0_0_0 x_0_0_1) (* K_1_0_1_0 x_0_2_1)) (+ (* K_1_1_0_0 x_1_0_1) (* K_1_1_1_0 x_1_2_1))))))
(set-info :status unsat)
(check-sat)
