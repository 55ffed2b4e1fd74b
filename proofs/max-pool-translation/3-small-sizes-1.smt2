; max-pool-translation: small sizes 1
; A constant may be added before max pooling or after it: padding is ignored, not read as zero.
; from: max-plus algebra
; at C=2 H=3 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 top=0 left=0 rows=2 columns=2
(set-logic QF_UFNIRA)
(declare-fun x_1_0_1 () Real)
(declare-fun b () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun x_1_2_1 () Real)
(declare-fun x_1_2_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (ite (< (+ x_1_0_1 b) (+ x_1_0_2 b)) (+ x_1_0_2 b) (+ x_1_0_1 b)) (ite (< (+ x_1_2_1 b) (+ x_1_2_2 b)) (+ x_1_2_2 b) (+ x_1_2_1 b))) (ite (< (+ x_1_2_1 b) (+ x_1_2_2 b)) (+ x_1_2_2 b) (+ x_1_2_1 b)) (ite (< (+ x_1_0_1 b) (+ x_1_0_2 b)) (+ x_1_0_2 b) (+ x_1_0_1 b))) (+ (ite (< (ite (< x_1_0_1 x_1_0_2) x_1_0_2 x_1_0_1) (ite (< x_1_2_1 x_1_2_2) x_1_2_2 x_1_2_1)) (ite (< x_1_2_1 x_1_2_2) x_1_2_2 x_1_2_1) (ite (< x_1_0_1 x_1_0_2) x_1_0_2 x_1_0_1)) b))))
(set-info :status unsat)
(check-sat)
