; padding-with-the-bias: small sizes 1
; A scale and a constant fold into a padded convolution whose padding holds the constant.
; from: Diverse Branch Block, arXiv 2103.13425
; at C=2 H=3 W=2 kh=2 kw=1 o=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun e_0 () Real)
(declare-fun K_0_0_1_0 () Real)
(declare-fun s_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun K_0_1_0_0 () Real)
(declare-fun e_1 () Real)
(declare-fun K_0_1_1_0 () Real)
(declare-fun s_1 () Real)
(declare-fun x_1_0_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_0_0_0_0 e_0) (* K_0_0_1_0 (+ (* s_0 x_0_0_0) e_0))) (+ (* K_0_1_0_0 e_1) (* K_0_1_1_0 (+ (* s_1 x_1_0_0) e_1)))) (+ (+ (+ 0.0 (* (* K_0_0_1_0 s_0) x_0_0_0)) (+ 0.0 (* (* K_0_1_1_0 s_1) x_1_0_0))) (+ (+ (* K_0_0_0_0 e_0) (* K_0_0_1_0 e_0)) (+ (* K_0_1_0_0 e_1) (* K_0_1_1_0 e_1)))))))
(set-info :status unsat)
(check-sat)
