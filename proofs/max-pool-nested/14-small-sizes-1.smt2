; max-pool-nested: small sizes 1
; Max pooling of k×k, stride 1, and then of l×l is max pooling of k + l − 1, with the stride of the second.
; from: SPPF, a chain of pools for one
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 lh=2 lw=2
(set-logic QF_UFNIRA)
(declare-fun x_1_1_2 () Real)
(declare-fun x_1_2_2 () Real)
(declare-fun x_1_1_3 () Real)
(declare-fun x_1_2_3 () Real)
(declare-fun x_1_3_2 () Real)
(declare-fun x_1_3_3 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (ite (< (ite (< x_1_1_2 x_1_2_2) x_1_2_2 x_1_1_2) (ite (< x_1_1_3 x_1_2_3) x_1_2_3 x_1_1_3)) (ite (< x_1_1_3 x_1_2_3) x_1_2_3 x_1_1_3) (ite (< x_1_1_2 x_1_2_2) x_1_2_2 x_1_1_2)) (ite (< (ite (< x_1_2_2 x_1_3_2) x_1_3_2 x_1_2_2) (ite (< x_1_2_3 x_1_3_3) x_1_3_3 x_1_2_3)) (ite (< x_1_2_3 x_1_3_3) x_1_3_3 x_1_2_3) (ite (< x_1_2_2 x_1_3_2) x_1_3_2 x_1_2_2))) (ite (< (ite (< x_1_2_2 x_1_3_2) x_1_3_2 x_1_2_2) (ite (< x_1_2_3 x_1_3_3) x_1_3_3 x_1_2_3)) (ite (< x_1_2_3 x_1_3_3) x_1_3_3 x_1_2_3) (ite (< x_1_2_2 x_1_3_2) x_1_3_2 x_1_2_2)) (ite (< (ite (< x_1_1_2 x_1_2_2) x_1_2_2 x_1_1_2) (ite (< x_1_1_3 x_1_2_3) x_1_2_3 x_1_1_3)) (ite (< x_1_1_3 x_1_2_3) x_1_2_3 x_1_1_3) (ite (< x_1_1_2 x_1_2_2) x_1_2_2 x_1_1_2))) (ite (< (ite (< (ite (< x_1_1_2 x_1_1_3) x_1_1_3 x_1_1_2) (ite (< x_1_2_2 x_1_2_3) x_1_2_3 x_1_2_2)) (ite (< x_1_2_2 x_1_2_3) x_1_2_3 x_1_2_2) (ite (< x_1_1_2 x_1_1_3) x_1_1_3 x_1_1_2)) (ite (< x_1_3_2 x_1_3_3) x_1_3_3 x_1_3_2)) (ite (< x_1_3_2 x_1_3_3) x_1_3_3 x_1_3_2) (ite (< (ite (< x_1_1_2 x_1_1_3) x_1_1_3 x_1_1_2) (ite (< x_1_2_2 x_1_2_3) x_1_2_3 x_1_2_2)) (ite (< x_1_2_2 x_1_2_3) x_1_2_3 x_1_2_2) (ite (< x_1_1_2 x_1_1_3) x_1_1_3 x_1_1_2))))))
(set-info :status unsat)
(check-sat)
