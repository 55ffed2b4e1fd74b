; centre-tap: small sizes 1
; A 1×1 kernel in the centre tap of a larger one reads what the 1×1 convolution reads.
; from: arXiv 2111.00687, merging a projection
; at C=2 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun P_0 () Real)
(declare-fun t_0_0_1 () Real)
(declare-fun P_1 () Real)
(declare-fun t_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 (* (* 1.0 P_0) t_0_0_1)) (+ 0.0 (* (* 1.0 P_1) t_1_0_1))) (+ (* P_0 t_0_0_1) (* P_1 t_1_0_1)))))
(set-info :status unsat)
(check-sat)
