; max-pool-monotone: small sizes 1, satisfiable
; Larger values have a larger largest.
; assuming (above) at every tap the second tensor is at least the first
; from: the definition of max pooling
; at C=2 H=3 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 top=0 left=0 rows=2 columns=2
(set-logic QF_UFNIRA)
(declare-fun x_1_0_1 () Real)
(declare-fun y_1_0_1 () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun y_1_0_2 () Real)
(declare-fun x_1_2_1 () Real)
(declare-fun y_1_2_1 () Real)
(declare-fun x_1_2_2 () Real)
(declare-fun y_1_2_2 () Real)
(assert (= 0.0 0.0))
(assert (= (+ (ite (= (+ (ite (<= x_1_0_1 y_1_0_1) 0.0 1.0) (ite (<= x_1_0_2 y_1_0_2) 0.0 1.0)) 0.0) 0.0 1.0) (ite (= (+ (ite (<= x_1_2_1 y_1_2_1) 0.0 1.0) (ite (<= x_1_2_2 y_1_2_2) 0.0 1.0)) 0.0) 0.0 1.0)) 0.0))
(set-info :status sat)
(check-sat)
