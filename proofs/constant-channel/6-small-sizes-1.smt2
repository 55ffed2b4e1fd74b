; constant-channel: small sizes 1
; A constant channel goes into the bias of the convolution that reads it.
; assuming (interior-or-zero) the window lies inside the image, or the constant is zero
; from: converter bug 10; channel pruning
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=0 sy=1 sx=1 dy=1 dx=1 py=0 px=0 d=0
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun k () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun x_1_1_0 () Real)
(declare-fun K_1_1_1_0 () Real)
(declare-fun x_1_2_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_1_0_0_0 k) (* K_1_0_1_0 k)) (+ (* K_1_1_0_0 x_1_1_0) (* K_1_1_1_0 x_1_2_0))) (+ (+ (+ 0.0 0.0) (+ (* K_1_1_0_0 x_1_1_0) (* K_1_1_1_0 x_1_2_0))) (+ (* K_1_0_0_0 k) (* K_1_0_1_0 k))))))
(set-info :status unsat)
(check-sat)
