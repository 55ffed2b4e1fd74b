; reserved-rows: small sizes 2
; Dirac rows above a kernel carry channels of its input; the other rows are the convolution.
; from: arXiv 2111.00687, reserve
; at C=2 R=1 k=1 src=1 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun t_0_m1_1 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun t_0_0_1 () Real)
(declare-fun V_0_1_0_0 () Real)
(declare-fun t_1_m1_1 () Real)
(declare-fun V_0_1_1_0 () Real)
(declare-fun t_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* V_0_0_0_0 t_0_m1_1) (* V_0_0_1_0 t_0_0_1)) (+ (* V_0_1_0_0 t_1_m1_1) (* V_0_1_1_0 t_1_0_1))) (+ (+ (* V_0_0_0_0 t_0_m1_1) (* V_0_0_1_0 t_0_0_1)) (+ (* V_0_1_0_0 t_1_m1_1) (* V_0_1_1_0 t_1_0_1))))))
(set-info :status unsat)
(check-sat)
