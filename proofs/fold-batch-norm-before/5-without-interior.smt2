; fold-batch-norm-before: without interior
; A batch norm before a convolution folds into it where the window does not reach the border.
; assuming (interior) the window lies inside the image
; from: converter bug 7; pre-activation blocks
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0
(set-logic QF_UFNIRA)
(declare-fun r_0 () Real)
(declare-fun K_0_0_1_0 () Real)
(declare-fun gamma_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun mean_0 () Real)
(declare-fun beta_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= (ite (< 0.0 r_0) 0.0 1.0) 0.0))
; the negation of the goal
(assert (not (= (+ 0.0 (* K_0_0_1_0 (+ (* (* gamma_0 r_0) (- x_0_0_0 mean_0)) beta_0))) (+ (+ 0.0 (* (* K_0_0_1_0 (* gamma_0 r_0)) x_0_0_0)) (+ (* K_0_0_0_0 (- beta_0 (* (* gamma_0 r_0) mean_0))) (* K_0_0_1_0 (- beta_0 (* (* gamma_0 r_0) mean_0))))))))
(set-info :status sat)
(check-sat)
