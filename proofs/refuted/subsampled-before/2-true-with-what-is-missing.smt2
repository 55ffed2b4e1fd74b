; subsampled-before: true with what is missing
; A strided convolution is the convolution of the subsampled image.
; from: moving a stride to the front
; at C=1 H=4 W=1 kw=1 sy=2 sx=1 py=0 px=0
; missing: (pointwise) the kernel has one tap
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_2_0 () Real)
; the negation of the goal
(assert (not (and (= (* K_0_0_0_0 x_0_0_0) (* K_0_0_0_0 x_0_0_0)) (= 0.0 0.0) (= (* K_0_0_0_0 x_0_2_0) (* K_0_0_0_0 x_0_2_0)) (= 0.0 0.0))))
(set-info :status unsat)
(check-sat)
