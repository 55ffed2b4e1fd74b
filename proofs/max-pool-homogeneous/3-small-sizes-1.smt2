; max-pool-homogeneous: small sizes 1
; A factor that is not negative may be taken before max pooling or after it.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
; at C=2 H=3 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 top=0 left=0 rows=2 columns=2
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun x_1_2_1 () Real)
(declare-fun x_1_2_2 () Real)
(assert (= 0.0 0.0))
(assert (<= 0.0 factor))
; the negation of the goal
(assert (not (= (ite (< (ite (< (* factor x_1_0_1) (* factor x_1_0_2)) (* factor x_1_0_2) (* factor x_1_0_1)) (ite (< (* factor x_1_2_1) (* factor x_1_2_2)) (* factor x_1_2_2) (* factor x_1_2_1))) (ite (< (* factor x_1_2_1) (* factor x_1_2_2)) (* factor x_1_2_2) (* factor x_1_2_1)) (ite (< (* factor x_1_0_1) (* factor x_1_0_2)) (* factor x_1_0_2) (* factor x_1_0_1))) (* factor (ite (< (ite (< x_1_0_1 x_1_0_2) x_1_0_2 x_1_0_1) (ite (< x_1_2_1 x_1_2_2) x_1_2_2 x_1_2_1)) (ite (< x_1_2_1 x_1_2_2) x_1_2_2 x_1_2_1) (ite (< x_1_0_1 x_1_0_2) x_1_0_2 x_1_0_1))))))
(set-info :status unsat)
(check-sat)
