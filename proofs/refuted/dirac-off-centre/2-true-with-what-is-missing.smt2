; dirac-off-centre: true with what is missing
; A Dirac kernel is the identity wherever its one is, if the padding keeps the size.
; from: even kernels, one-sided padding
; at C=1 H=3 W=1 kh=2 kw=1 sy=1 sx=1 px=0 ci=0 cj=0
; missing: (centred) the padding is what the centre of the kernel reaches back
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun x_0_2_0 () Real)
; the negation of the goal
(assert (not (and (= x_0_0_0 (+ (* 1.0 x_0_0_0) 0.0)) (= 0.0 0.0) (= x_0_1_0 (+ (* 1.0 x_0_1_0) 0.0)) (= 0.0 0.0) (= x_0_2_0 (+ (* 1.0 x_0_2_0) 0.0)) (= 0.0 0.0))))
(set-info :status unsat)
(check-sat)
