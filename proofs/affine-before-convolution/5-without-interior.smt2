; affine-before-convolution: without interior
; A scale and a constant of each channel fold into a convolution that does not reach the border.
; assuming (interior) the window lies inside the image
; from: converter bug 7, Diverse Branch Block; arXiv 2103.13425
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0
(set-logic QF_UFNIRA)
(declare-fun K_0_0_1_0 () Real)
(declare-fun s_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun e_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ 0.0 (* K_0_0_1_0 (+ (* s_0 x_0_0_0) e_0))) (+ (+ 0.0 (* (* K_0_0_1_0 s_0) x_0_0_0)) (+ (* K_0_0_0_0 e_0) (* K_0_0_1_0 e_0))))))
(set-info :status sat)
(check-sat)
