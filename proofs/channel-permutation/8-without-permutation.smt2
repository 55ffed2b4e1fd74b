; channel-permutation: without permutation
; A convolution of permuted channels with its weights permuted alike is the convolution.
; assuming (permutation) each channel is taken exactly once
; from: arXiv 2111.00687; formal-core, alignment of columns
; at C=2 H=3 W=2 kh=1 kw=1 o=1 p=1 q=0 sy=1 sx=2 dy=2 dx=1 py=0 px=0
(set-logic QF_UFNIRA)
(declare-fun pi_0 () Int)
(declare-fun K_1_0_0_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun x_1_1_0 () Real)
(declare-fun pi_1 () Int)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* (+ (ite (= 0 pi_0) K_1_0_0_0 0.0) (ite (= 1 pi_0) K_1_1_0_0 0.0)) (+ (ite (= 0 pi_0) x_0_1_0 0.0) (ite (= 1 pi_0) x_1_1_0 0.0))) (* (+ (ite (= 0 pi_1) K_1_0_0_0 0.0) (ite (= 1 pi_1) K_1_1_0_0 0.0)) (+ (ite (= 0 pi_1) x_0_1_0 0.0) (ite (= 1 pi_1) x_1_1_0 0.0)))) (+ (* K_1_0_0_0 x_0_1_0) (* K_1_1_0_0 x_1_1_0)))))
(set-info :status sat)
(check-sat)
