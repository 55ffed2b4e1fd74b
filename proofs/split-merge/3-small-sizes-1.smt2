; split-merge: small sizes 1
; Dirac columns with +1 and −1 add the difference of two reserved channels.
; from: relu(x) − relu(−x) = x; CReLU, arXiv 1603.05201
; at C=1 M=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(declare-fun r_0_0_1 () Real)
(declare-fun r_1_0_1 () Real)
(declare-fun s () Real)
(declare-fun V_0_0_0_0 () Real)
(declare-fun a_0_m1_1 () Real)
(declare-fun V_0_0_1_0 () Real)
(declare-fun a_0_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 (* 1.0 r_0_0_1)) (+ 0.0 (* (* (- 1.0) 1.0) r_1_0_1)) (+ (* (* s V_0_0_0_0) a_0_m1_1) (* (* s V_0_0_1_0) a_0_0_1))) (+ (- r_0_0_1 r_1_0_1) (* s (+ (* V_0_0_0_0 a_0_m1_1) (* V_0_0_1_0 a_0_0_1)))))))
(set-info :status unsat)
(check-sat)
