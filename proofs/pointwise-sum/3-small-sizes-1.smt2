; pointwise-sum: small sizes 1
; A 1×1 convolution is a sum over channels at each pixel.
; from: the definition of a convolution
; at C=2 o=0 p=1 q=0 sy=2 sx=1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun t_0_2_0 () Real)
(declare-fun V_0_1_0_0 () Real)
(declare-fun t_1_2_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* V_0_0_0_0 t_0_2_0) (* V_0_1_0_0 t_1_2_0)) (+ (* V_0_0_0_0 t_0_2_0) (* V_0_1_0_0 t_1_2_0)))))
(set-info :status unsat)
(check-sat)
