; convolution-linear: small sizes 1
; A convolution of a combination of tensors is the combination of their convolutions.
; from: definition of the convolution
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun alpha () Real)
(declare-fun x (Int Int Int) Real)
(declare-fun source_1_0 () Int)
(declare-fun beta () Real)
(declare-fun y (Int Int Int) Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun source_1_1 () Int)
(declare-fun K_1_1_1_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_1_0_0_0 (+ (* alpha (x source_1_0 0 1)) (* beta (y source_1_0 0 1)))) (* K_1_0_1_0 (+ (* alpha (x source_1_0 2 1)) (* beta (y source_1_0 2 1))))) (+ (* K_1_1_0_0 (+ (* alpha (x source_1_1 0 1)) (* beta (y source_1_1 0 1)))) (* K_1_1_1_0 (+ (* alpha (x source_1_1 2 1)) (* beta (y source_1_1 2 1)))))) (+ (* alpha (+ (+ (* K_1_0_0_0 (x source_1_0 0 1)) (* K_1_0_1_0 (x source_1_0 2 1))) (+ (* K_1_1_0_0 (x source_1_1 0 1)) (* K_1_1_1_0 (x source_1_1 2 1))))) (* beta (+ (+ (* K_1_0_0_0 (y source_1_0 0 1)) (* K_1_0_1_0 (y source_1_0 2 1))) (+ (* K_1_1_0_0 (y source_1_1 0 1)) (* K_1_1_1_0 (y source_1_1 2 1)))))))))
(set-info :status unsat)
(check-sat)
