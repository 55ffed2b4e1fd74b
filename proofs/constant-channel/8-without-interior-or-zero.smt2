; constant-channel: without interior-or-zero
; A constant channel goes into the bias of the convolution that reads it.
; assuming (interior-or-zero) the window lies inside the image, or the constant is zero
; from: converter bug 10; channel pruning
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0 d=0
(set-logic QF_UFNIRA)
(declare-fun K_0_0_1_0 () Real)
(declare-fun k () Real)
(declare-fun K_0_0_0_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ 0.0 (* K_0_0_1_0 k)) (+ (+ 0.0 0.0) (+ (* K_0_0_0_0 k) (* K_0_0_1_0 k))))))
(set-info :status sat)
(check-sat)
