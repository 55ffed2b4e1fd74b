; reserved-channel: small sizes 1
; A kernel with one entry, at the tap that reads the pixel itself, is a multiple of one channel.
; from: arXiv 2111.00687, reserve
; at C=2 src=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun t_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0) (+ 0.0 (* (* factor 1.0) t_1_0_1))) (* factor t_1_0_1))))
(set-info :status unsat)
(check-sat)
