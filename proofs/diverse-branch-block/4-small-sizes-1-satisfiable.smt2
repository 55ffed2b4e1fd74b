; diverse-branch-block: small sizes 1, satisfiable
; A Diverse Branch Block, whose padding holds the first shifts, is one k×k convolution.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; assuming (padding-holds-the-shift-of-the-pool) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, figure 2
; at C=1 base=0 o=0 H=1 W=2 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 M=1
(set-logic QF_UFNIRA)
(declare-fun pad_0 () Real)
(declare-fun b1_0 () Real)
(declare-fun share () Real)
(declare-fun pada_0 () Real)
(declare-fun ba_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (<= (ite (< (- pad_0 b1_0) (- (- pad_0 b1_0))) (- (- pad_0 b1_0)) (- pad_0 b1_0)) 0.0))
(assert (= (* share (* 2.0 1.0)) 1.0))
(assert (= pada_0 ba_0))
(set-info :status sat)
(check-sat)
