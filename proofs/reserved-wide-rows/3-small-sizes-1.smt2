; reserved-wide-rows: small sizes 1
; A projection's kernel in rows above the branch's own makes both of one input.
; from: arXiv 2111.00687, reserve; a projection of any kernel
; at R=1 C=1 M=1 o=0 kh=2 kw=2 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 ph=2 pw=1 pi=1 pj=0 eh=1 ew=2 ei=0 ej=0 k=0
(set-logic QF_UFNIRA)
(declare-fun P_0_0_0_0 () Real)
(declare-fun t_0_m1_1 () Real)
(declare-fun P_0_0_1_0 () Real)
(declare-fun t_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* P_0_0_0_0 t_0_m1_1) 0.0) (+ (* P_0_0_1_0 t_0_0_1) 0.0)) (+ (* P_0_0_0_0 t_0_m1_1) (* P_0_0_1_0 t_0_0_1)))))
(set-info :status unsat)
(check-sat)
