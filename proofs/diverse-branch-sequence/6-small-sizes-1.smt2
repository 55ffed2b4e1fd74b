; diverse-branch-sequence: small sizes 1
; A 1×1 convolution, its batch norm, and a k×k convolution are one k×k convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform III
; at C=1 M=1 o=0 H=1 W=2 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun pad_0 () Real)
(declare-fun b1_0 () Real)
(declare-fun V2_0_0_0_0 () Real)
(declare-fun V2_0_0_1_0 () Real)
(declare-fun s1_0 () Real)
(declare-fun V1_0_0_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (<= (ite (< (- pad_0 b1_0) (- (- pad_0 b1_0))) (- (- pad_0 b1_0)) (- pad_0 b1_0)) 0.0))
; the negation of the goal
(assert (not (= (+ (* V2_0_0_0_0 pad_0) (* V2_0_0_1_0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_1)) b1_0))) (+ (+ 0.0 (* (* V2_0_0_1_0 (* s1_0 V1_0_0_0_0)) x_0_0_1)) (+ (* V2_0_0_0_0 b1_0) (* V2_0_0_1_0 b1_0))))))
(set-info :status unsat)
(check-sat)
