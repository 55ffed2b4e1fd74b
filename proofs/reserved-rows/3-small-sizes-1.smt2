; reserved-rows: small sizes 1
; Dirac rows above a kernel carry channels of its input; the other rows are the convolution.
; from: arXiv 2111.00687, reserve
; at C=2 R=1 k=0 src=1 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun t_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0) (+ 0.0 (* (* factor 1.0) t_1_0_1))) (* factor t_1_0_1))))
(set-info :status unsat)
(check-sat)
