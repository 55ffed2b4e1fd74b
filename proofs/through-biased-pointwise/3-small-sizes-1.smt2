; through-biased-pointwise: small sizes 1
; A bias behind a 1×1 convolution, if it is there at the border too, adds a constant to the next.
; from: arXiv 2103.13425, transform III
; at C=2 M=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun U_0_0 () Real)
(declare-fun t_0_m1_1 () Real)
(declare-fun U_0_1 () Real)
(declare-fun t_1_m1_1 () Real)
(declare-fun e_0 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun t_0_0_1 () Real)
(declare-fun t_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* V_0_0_0_0 (+ (+ (* U_0_0 t_0_m1_1) (* U_0_1 t_1_m1_1)) e_0)) (* V_0_0_1_0 (+ (+ (* U_0_0 t_0_0_1) (* U_0_1 t_1_0_1)) e_0))) (+ (+ (+ (* (* V_0_0_0_0 U_0_0) t_0_m1_1) (* (* V_0_0_1_0 U_0_0) t_0_0_1)) (+ (* (* V_0_0_0_0 U_0_1) t_1_m1_1) (* (* V_0_0_1_0 U_0_1) t_1_0_1))) (+ (* V_0_0_0_0 e_0) (* V_0_0_1_0 e_0))))))
(set-info :status unsat)
(check-sat)
