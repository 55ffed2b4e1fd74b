; dirac-convolution: small sizes 1
; A convolution with a Dirac kernel is the identity, subsampled by its stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: arXiv 2111.00687, reserve
; at C=2 H=3 W=2 kh=3 kw=2 o=1 ci=1 cj=0 p=0 q=1 sy=2 sx=1 dy=1 dx=2 py=1 px=0
(set-logic QF_UFNIRA)
(declare-fun x_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ 0.0 0.0) (+ 0.0 0.0) (+ 0.0 0.0)) (+ (+ 0.0 0.0) (+ (* 1.0 x_1_0_1) 0.0) (+ 0.0 0.0))) x_1_0_1)))
(set-info :status unsat)
(check-sat)
