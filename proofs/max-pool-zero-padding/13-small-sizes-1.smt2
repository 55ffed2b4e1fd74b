; max-pool-zero-padding: small sizes 1
; Of values that are not negative, max pooling may read zeros outside the domain.
; assuming (non-negative) no tap reads a negative value
; from: formal-core, semantics: max pooling ignores what lies outside
; at C=2 H=2 W=2 kh=3 kw=2 o=1 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=1 top=1 rows=2 left=1 columns=1
(set-logic QF_UFNIRA)
(declare-fun x_1_0_0 () Real)
(declare-fun x_1_1_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= (+ (ite (= (+ (ite (<= 0.0 0.0) 0.0 1.0) (ite (<= 0.0 0.0) 0.0 1.0)) 0.0) 0.0 1.0) (ite (= (+ (ite (<= 0.0 0.0) 0.0 1.0) (ite (<= 0.0 x_1_0_0) 0.0 1.0)) 0.0) 0.0 1.0) (ite (= (+ (ite (<= 0.0 0.0) 0.0 1.0) (ite (<= 0.0 x_1_1_0) 0.0 1.0)) 0.0) 0.0 1.0)) 0.0))
; the negation of the goal
(assert (not (= (ite (< (ite (< (ite (< 0.0 0.0) 0.0 0.0) (ite (< 0.0 x_1_0_0) x_1_0_0 0.0)) (ite (< 0.0 x_1_0_0) x_1_0_0 0.0) (ite (< 0.0 0.0) 0.0 0.0)) (ite (< 0.0 x_1_1_0) x_1_1_0 0.0)) (ite (< 0.0 x_1_1_0) x_1_1_0 0.0) (ite (< (ite (< 0.0 0.0) 0.0 0.0) (ite (< 0.0 x_1_0_0) x_1_0_0 0.0)) (ite (< 0.0 x_1_0_0) x_1_0_0 0.0) (ite (< 0.0 0.0) 0.0 0.0))) (ite (< x_1_0_0 x_1_1_0) x_1_1_0 x_1_0_0))))
(set-info :status unsat)
(check-sat)
