; rep-lk-net: small sizes 1
; A large and a small kernel around one centre, a batch norm each, are one large kernel.
; from: arXiv 2203.06717
; at C=2 base=2 o=3 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1 eh=1 ew=2 ei=0 ej=1
(set-logic QF_UFNIRA)
(declare-fun s1_3 () Real)
(declare-fun V1_3_0_1_1 () Real)
(declare-fun x_2_0_1 () Real)
(declare-fun V1_3_1_1_1 () Real)
(declare-fun x_3_0_1 () Real)
(declare-fun b1_3 () Real)
(declare-fun s2_3 () Real)
(declare-fun V2_3_0_0_1 () Real)
(declare-fun V2_3_1_0_1 () Real)
(declare-fun b2_3 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* s1_3 (+ (+ (+ 0.0 0.0) (+ 0.0 (* V1_3_0_1_1 x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* V1_3_1_1_1 x_3_0_1))))) b1_3) (+ (* s2_3 (+ (+ 0.0 (* V2_3_0_0_1 x_2_0_1)) (+ 0.0 (* V2_3_1_0_1 x_3_0_1)))) b2_3)) (+ (+ (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_3 V1_3_0_1_1) (* s2_3 V2_3_0_0_1)) x_2_0_1))) (+ (+ 0.0 0.0) (+ 0.0 (* (+ (* s1_3 V1_3_1_1_1) (* s2_3 V2_3_1_0_1)) x_3_0_1)))) (+ b1_3 b2_3)))))
(set-info :status unsat)
(check-sat)
