; global-average-pool: small sizes 1
; Global average pooling is average pooling over the whole image.
; from: ONNX GlobalAveragePool
; at C=2 H=2 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun x_1_0_0 () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun x_1_1_0 () Real)
(declare-fun x_1_1_1 () Real)
(declare-fun x_1_1_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (/ (+ (+ x_1_0_0 x_1_0_1 x_1_0_2) (+ x_1_1_0 x_1_1_1 x_1_1_2)) 6.0) (/ (+ (+ x_1_0_0 x_1_0_1 x_1_0_2) (+ x_1_1_0 x_1_1_1 x_1_1_2)) 6.0))))
(set-info :status unsat)
(check-sat)
