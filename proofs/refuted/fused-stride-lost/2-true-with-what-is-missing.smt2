; fused-stride-lost: true with what is missing
; A convolution fused with a strided pointwise one keeps its own stride.
; from: fusing by the attributes of the first
; at H=3 W=1 kh=1 kw=1 sy=1 sx=1 py=0 px=0 C=1
; missing: (no-stride) the second has stride 1
(set-logic QF_UFNIRA)
(declare-fun V_0_0_0_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
; the negation of the goal
(assert (not (and (= (* V_0_0_0_0 (* K_0_0_0_0 x_0_0_0)) (* V_0_0_0_0 (* K_0_0_0_0 x_0_0_0))) (= 0.0 0.0) (= (* V_0_0_0_0 (* K_0_0_0_0 x_0_1_0)) (* V_0_0_0_0 (* K_0_0_0_0 x_0_1_0))) (= 0.0 0.0))))
(set-info :status unsat)
(check-sat)
