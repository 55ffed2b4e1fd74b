; fused-across-padding: true with what is missing
; Two padded convolutions in a row are one with the composed kernel.
; from: OnnxSlim issue 21; the first writes nothing outside its image, the composed kernel reads there
; at H=3 W=1 kh=3 kw=1 sy=1 sx=1 py=1 px=0 C=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun K_0_0_1_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun K_0_0_2_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_2_0 () Real)
(declare-fun V_0_0_2_0 () Real)
; the negation of the goal
(assert (not (and (= 0.0 0.0) (= (+ (* V_0_0_0_0 (+ 0.0 (* K_0_0_1_0 x_0_0_0) (* K_0_0_2_0 x_0_1_0))) (* V_0_0_1_0 (+ (* K_0_0_0_0 x_0_0_0) (* K_0_0_1_0 x_0_1_0) (* K_0_0_2_0 x_0_2_0))) (* V_0_0_2_0 (+ (* K_0_0_0_0 x_0_1_0) (* K_0_0_1_0 x_0_2_0) 0.0))) (+ (* V_0_0_0_0 (+ 0.0 (* K_0_0_1_0 x_0_0_0) (* K_0_0_2_0 x_0_1_0))) (* V_0_0_1_0 (+ (* K_0_0_0_0 x_0_0_0) (* K_0_0_1_0 x_0_1_0) (* K_0_0_2_0 x_0_2_0))) (* V_0_0_2_0 (+ (* K_0_0_0_0 x_0_1_0) (* K_0_0_1_0 x_0_2_0) 0.0)))) (= 0.0 0.0))))
(set-info :status unsat)
(check-sat)
