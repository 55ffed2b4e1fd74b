; reserved-groups: small sizes 2
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
; at R=2 u=1 w=2 k=3 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun V_1_0_0_0 () Real)
(declare-fun a_0_m1_1 () Real)
(declare-fun V_1_0_1_0 () Real)
(declare-fun a_0_0_1 () Real)
(declare-fun V_1_1_0_0 () Real)
(declare-fun a_1_m1_1 () Real)
(declare-fun V_1_1_1_0 () Real)
(declare-fun a_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* V_1_0_0_0 a_0_m1_1) (* V_1_0_1_0 a_0_0_1)) (+ (* V_1_1_0_0 a_1_m1_1) (* V_1_1_1_0 a_1_0_1))) (+ (+ (* V_1_0_0_0 a_0_m1_1) (* V_1_0_1_0 a_0_0_1)) (+ (* V_1_1_0_0 a_1_m1_1) (* V_1_1_1_0 a_1_0_1))))))
(set-info :status unsat)
(check-sat)
