; reserved-groups: small sizes 1
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
; at R=2 u=1 w=2 k=1 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun r_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0) (+ 0.0 (* 1.0 r_1_0_1))) r_1_0_1)))
(set-info :status unsat)
(check-sat)
