; reserved-block: small sizes 1
; A Dirac kernel beside another on the diagonal carries the reserved channels on.
; from: arXiv 2111.00687, reserve
; at R=1 M=1 k=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun r_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 (* 1.0 r_0_0_1)) (+ 0.0 0.0)) r_0_0_1)))
(set-info :status unsat)
(check-sat)
