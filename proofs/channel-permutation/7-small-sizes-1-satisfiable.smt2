; channel-permutation: small sizes 1, satisfiable
; A convolution of permuted channels with its weights permuted alike is the convolution.
; assuming (permutation) each channel is taken exactly once
; from: arXiv 2111.00687; formal-core, alignment of columns
; at C=2 H=3 W=2 kh=1 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun pi_0 () Int)
(declare-fun pi_1 () Int)
(assert (= 0.0 0.0))
(assert (= (+ (ite (= (+ (ite (= 0 pi_0) 1.0 0.0) (ite (= 0 pi_1) 1.0 0.0)) 1.0) 0.0 1.0) (ite (= (+ (ite (= 1 pi_0) 1.0 0.0) (ite (= 1 pi_1) 1.0 0.0)) 1.0) 0.0 1.0)) 0.0))
(set-info :status sat)
(check-sat)
