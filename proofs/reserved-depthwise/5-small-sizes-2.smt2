; reserved-depthwise: small sizes 2
; Depthwise Dirac kernels beside others carry the reserved channels on.
; from: arXiv 2111.00687, reserve
; at R=1 k=1 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun a_0_m1_1 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun a_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* V_0_0_0_0 a_0_m1_1) (* V_0_0_1_0 a_0_0_1)) (+ (* V_0_0_0_0 a_0_m1_1) (* V_0_0_1_0 a_0_0_1)))))
(set-info :status unsat)
(check-sat)
