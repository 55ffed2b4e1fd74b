; convolution-linear-in-weights: small sizes 1
; A convolution with a combination of kernels is the combination of the convolutions.
; from: definition of the convolution
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun alpha () Real)
(declare-fun K_1_0_0_0 () Real)
(declare-fun beta () Real)
(declare-fun L_1_0_0_0 () Real)
(declare-fun x (Int Int Int) Real)
(declare-fun source_1_0 () Int)
(declare-fun K_1_0_1_0 () Real)
(declare-fun L_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun L_1_1_0_0 () Real)
(declare-fun source_1_1 () Int)
(declare-fun K_1_1_1_0 () Real)
(declare-fun L_1_1_1_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* (+ (* alpha K_1_0_0_0) (* beta L_1_0_0_0)) (x source_1_0 0 1)) (* (+ (* alpha K_1_0_1_0) (* beta L_1_0_1_0)) (x source_1_0 2 1))) (+ (* (+ (* alpha K_1_1_0_0) (* beta L_1_1_0_0)) (x source_1_1 0 1)) (* (+ (* alpha K_1_1_1_0) (* beta L_1_1_1_0)) (x source_1_1 2 1)))) (+ (* alpha (+ (+ (* K_1_0_0_0 (x source_1_0 0 1)) (* K_1_0_1_0 (x source_1_0 2 1))) (+ (* K_1_1_0_0 (x source_1_1 0 1)) (* K_1_1_1_0 (x source_1_1 2 1))))) (* beta (+ (+ (* L_1_0_0_0 (x source_1_0 0 1)) (* L_1_0_1_0 (x source_1_0 2 1))) (+ (* L_1_1_0_0 (x source_1_1 0 1)) (* L_1_1_1_0 (x source_1_1 2 1)))))))))
(set-info :status unsat)
(check-sat)
