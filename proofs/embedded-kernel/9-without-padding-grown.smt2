; embedded-kernel: without padding-grown
; A kernel with zeros around it is the kernel, where the padding grows by as many taps.
; assuming (padding-grown) the padding is larger by the taps before the kernel
; from: rm-blocks, RepVGG, ACNet, RepLKNet
; at C=1 H=3 W=2 kh=1 kw=1 o=0 p=1 q=0 sy=1 sx=2 dy=1 dx=1 py=0 px=0 Kh=2 Kw=1 a=1 b=0 ey=0 ex=0
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_2_0 () Real)
(declare-fun x_0_1_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ 0.0 (* K_0_0_0_0 x_0_2_0)) (* K_0_0_0_0 x_0_1_0))))
(set-info :status sat)
(check-sat)
