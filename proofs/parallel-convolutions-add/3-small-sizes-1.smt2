; parallel-convolutions-add: small sizes 1
; Convolutions with one window that are added are one, with the kernels and the biases added.
; from: RepVGG, arXiv 2101.03697, section 3.3; ACNet, arXiv 1908.03930
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun K_1_0_0_0 () Real)
(declare-fun x (Int Int Int) Real)
(declare-fun source_1_0 () Int)
(declare-fun K_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun source_1_1 () Int)
(declare-fun K_1_1_1_0 () Real)
(declare-fun b_1 () Real)
(declare-fun L_1_0_0_0 () Real)
(declare-fun L_1_0_1_0 () Real)
(declare-fun L_1_1_0_0 () Real)
(declare-fun L_1_1_1_0 () Real)
(declare-fun d_1 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ (+ (* K_1_0_0_0 (x source_1_0 0 1)) (* K_1_0_1_0 (x source_1_0 2 1))) (+ (* K_1_1_0_0 (x source_1_1 0 1)) (* K_1_1_1_0 (x source_1_1 2 1)))) b_1) (+ (+ (+ (* L_1_0_0_0 (x source_1_0 0 1)) (* L_1_0_1_0 (x source_1_0 2 1))) (+ (* L_1_1_0_0 (x source_1_1 0 1)) (* L_1_1_1_0 (x source_1_1 2 1)))) d_1)) (+ (+ (+ (* (+ K_1_0_0_0 L_1_0_0_0) (x source_1_0 0 1)) (* (+ K_1_0_1_0 L_1_0_1_0) (x source_1_0 2 1))) (+ (* (+ K_1_1_0_0 L_1_1_0_0) (x source_1_1 0 1)) (* (+ K_1_1_1_0 L_1_1_1_0) (x source_1_1 2 1)))) (+ b_1 d_1)))))
(set-info :status unsat)
(check-sat)
