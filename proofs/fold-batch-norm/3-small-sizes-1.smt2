; fold-batch-norm: small sizes 1
; A batch norm of a convolution is the convolution with scaled weights and another bias.
; from: rm-blocks, unfolded and folded batch norms
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun gamma_1 () Real)
(declare-fun r_1 () Real)
(declare-fun K_1_0_0_0 () Real)
(declare-fun x (Int Int Int) Real)
(declare-fun source_1_0 () Int)
(declare-fun K_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun source_1_1 () Int)
(declare-fun K_1_1_1_0 () Real)
(declare-fun b_1 () Real)
(declare-fun mean_1 () Real)
(declare-fun beta_1 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* (* gamma_1 r_1) (- (+ (+ (+ (* K_1_0_0_0 (x source_1_0 0 1)) (* K_1_0_1_0 (x source_1_0 2 1))) (+ (* K_1_1_0_0 (x source_1_1 0 1)) (* K_1_1_1_0 (x source_1_1 2 1)))) b_1) mean_1)) beta_1) (+ (+ (+ (* (* (* gamma_1 r_1) K_1_0_0_0) (x source_1_0 0 1)) (* (* (* gamma_1 r_1) K_1_0_1_0) (x source_1_0 2 1))) (+ (* (* (* gamma_1 r_1) K_1_1_0_0) (x source_1_1 0 1)) (* (* (* gamma_1 r_1) K_1_1_1_0) (x source_1_1 2 1)))) (+ (* (- b_1 mean_1) (* gamma_1 r_1)) beta_1)))))
(set-info :status unsat)
(check-sat)
