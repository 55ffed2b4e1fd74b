; embedded-kernel: small sizes 1, satisfiable
; A kernel with zeros around it is the kernel, where the padding grows by as many taps.
; assuming (padding-grown) the padding is larger by the taps before the kernel
; from: rm-blocks, RepVGG, ACNet, RepLKNet
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 Kh=3 Kw=2 a=1 b=1 ey=3 ex=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
