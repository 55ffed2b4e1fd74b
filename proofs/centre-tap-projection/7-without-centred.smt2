; centre-tap-projection: without centred
; A kernel with nothing but its centre tap is a 1×1 convolution of the same stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: rm-blocks, BasicBlock with projection
; at C=1 H=3 W=2 kh=1 kw=1 o=0 p=1 q=0 sy=1 sx=2 dy=2 dx=1 py=1 px=0 ci=0 cj=0
(set-logic QF_UFNIRA)
(declare-fun V_0_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (* (* 1.0 V_0_0) x_0_0_0) (* V_0_0 x_0_1_0))))
(set-info :status sat)
(check-sat)
