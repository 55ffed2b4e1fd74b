; bias-before-padded-convolution: wrong
; A bias before a padded convolution is a bias after it, times the sum of the kernel.
; from: Diverse Branch Block issues 9 and 16
; at H=3 W=1 kh=3 kw=1 sy=1 sx=1 py=1 px=0 C=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(declare-fun K_0_0_1_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun b_0 () Real)
(declare-fun K_0_0_2_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_2_0 () Real)
; the negation of the goal
(assert (not (and (= (+ 0.0 (* K_0_0_1_0 (+ x_0_0_0 b_0)) (* K_0_0_2_0 (+ x_0_1_0 b_0))) (+ (+ 0.0 (* K_0_0_1_0 x_0_0_0) (* K_0_0_2_0 x_0_1_0)) (+ (* K_0_0_0_0 b_0) (* K_0_0_1_0 b_0) (* K_0_0_2_0 b_0)))) (= (+ (* K_0_0_0_0 (+ x_0_0_0 b_0)) (* K_0_0_1_0 (+ x_0_1_0 b_0)) (* K_0_0_2_0 (+ x_0_2_0 b_0))) (+ (+ (* K_0_0_0_0 x_0_0_0) (* K_0_0_1_0 x_0_1_0) (* K_0_0_2_0 x_0_2_0)) (+ (* K_0_0_0_0 b_0) (* K_0_0_1_0 b_0) (* K_0_0_2_0 b_0)))) (= (+ (* K_0_0_0_0 (+ x_0_1_0 b_0)) (* K_0_0_1_0 (+ x_0_2_0 b_0)) 0.0) (+ (+ (* K_0_0_0_0 x_0_1_0) (* K_0_0_1_0 x_0_2_0) 0.0) (+ (* K_0_0_0_0 b_0) (* K_0_0_1_0 b_0) (* K_0_0_2_0 b_0)))))))
(set-info :status sat)
(check-sat)
