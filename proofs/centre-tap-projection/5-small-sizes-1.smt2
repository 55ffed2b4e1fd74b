; centre-tap-projection: small sizes 1
; A kernel with nothing but its centre tap is a 1×1 convolution of the same stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: rm-blocks, BasicBlock with projection
; at C=2 H=3 W=2 kh=3 kw=1 o=1 p=1 q=0 sy=1 sx=2 dy=2 dx=1 py=2 px=0 ci=1 cj=0
(set-logic QF_UFNIRA)
(declare-fun V_1_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun V_1_1 () Real)
(declare-fun x_1_1_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 (* (* 1.0 V_1_0) x_0_1_0) 0.0) (+ 0.0 (* (* 1.0 V_1_1) x_1_1_0) 0.0)) (+ (* V_1_0 x_0_1_0) (* V_1_1 x_1_1_0)))))
(set-info :status unsat)
(check-sat)
