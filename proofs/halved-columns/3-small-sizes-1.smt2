; halved-columns: small sizes 1
; A convolution over twice the channels is one over the first half and one over the second.
; from: algebra
; at C=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun A_0_0_0_0 () Real)
(declare-fun r_0_m1_1 () Real)
(declare-fun A_0_0_1_0 () Real)
(declare-fun r_0_0_1 () Real)
(declare-fun V_0_0_0_0 () Real)
(declare-fun r_1_m1_1 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun r_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* A_0_0_0_0 r_0_m1_1) (* A_0_0_1_0 r_0_0_1)) (+ (* V_0_0_0_0 r_1_m1_1) (* V_0_0_1_0 r_1_0_1))) (+ (+ (* A_0_0_0_0 r_0_m1_1) (* A_0_0_1_0 r_0_0_1)) (+ (* V_0_0_0_0 r_1_m1_1) (* V_0_0_1_0 r_1_0_1))))))
(set-info :status unsat)
(check-sat)
