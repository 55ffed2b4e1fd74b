; scaled-kernel: small sizes 1
; A factor of a whole output channel may stand before the convolution or in its kernel.
; from: folding a batch norm
; at C=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun V_0_0_0_0 () Real)
(declare-fun t_0_m1_1 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun t_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* (* s V_0_0_0_0) t_0_m1_1) (* (* s V_0_0_1_0) t_0_0_1)) (* s (+ (* V_0_0_0_0 t_0_m1_1) (* V_0_0_1_0 t_0_0_1))))))
(set-info :status unsat)
(check-sat)
