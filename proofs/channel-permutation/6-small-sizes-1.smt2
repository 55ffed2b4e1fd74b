; channel-permutation: small sizes 1
; A convolution of permuted channels with its weights permuted alike is the convolution.
; assuming (permutation) each channel is taken exactly once
; from: arXiv 2111.00687; formal-core, alignment of columns
; at C=2 H=3 W=2 kh=1 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun pi_0 () Int)
(declare-fun pi_1 () Int)
(declare-fun K_1_0_0_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun x_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= (+ (ite (= (+ (ite (= 0 pi_0) 1.0 0.0) (ite (= 0 pi_1) 1.0 0.0)) 1.0) 0.0 1.0) (ite (= (+ (ite (= 1 pi_0) 1.0 0.0) (ite (= 1 pi_1) 1.0 0.0)) 1.0) 0.0 1.0)) 0.0))
; the negation of the goal
(assert (not (= (+ (* (+ (ite (= 0 pi_0) K_1_0_0_0 0.0) (ite (= 1 pi_0) K_1_1_0_0 0.0)) (+ (ite (= 0 pi_0) x_0_0_1 0.0) (ite (= 1 pi_0) x_1_0_1 0.0))) (* (+ (ite (= 0 pi_1) K_1_0_0_0 0.0) (ite (= 1 pi_1) K_1_1_0_0 0.0)) (+ (ite (= 0 pi_1) x_0_0_1 0.0) (ite (= 1 pi_1) x_1_0_1 0.0)))) (+ (* K_1_0_0_0 x_0_0_1) (* K_1_1_0_0 x_1_0_1)))))
(set-info :status unsat)
(check-sat)
