; convolution-splits: small sizes 1
; A convolution over concatenated channels is the sum of one over each part.
; from: arXiv 2111.00687, merge
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 a=1
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun x_0_2_1 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun y_0_0_1 () Real)
(declare-fun K_1_1_1_0 () Real)
(declare-fun y_0_2_1 () Real)
(declare-fun K_1_2_0_0 () Real)
(declare-fun y_1_0_1 () Real)
(declare-fun K_1_2_1_0 () Real)
(declare-fun y_1_2_1 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_1_0_0_0 x_0_0_1) (* K_1_0_1_0 x_0_2_1)) (+ (* K_1_1_0_0 y_0_0_1) (* K_1_1_1_0 y_0_2_1)) (+ (* K_1_2_0_0 y_1_0_1) (* K_1_2_1_0 y_1_2_1))) (+ (+ (* K_1_0_0_0 x_0_0_1) (* K_1_0_1_0 x_0_2_1)) (+ (+ (* K_1_1_0_0 y_0_0_1) (* K_1_1_1_0 y_0_2_1)) (+ (* K_1_2_0_0 y_1_0_1) (* K_1_2_1_0 y_1_2_1)))))))
(set-info :status unsat)
(check-sat)
