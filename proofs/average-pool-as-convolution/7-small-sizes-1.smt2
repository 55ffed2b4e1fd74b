; average-pool-as-convolution: small sizes 1
; Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).
; from: arXiv 2103.13425, average pooling as convolution
; at C=2 H=3 W=2 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun x_1_0_1 () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun x_1_1_1 () Real)
(declare-fun x_1_1_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* (/ 1.0 4.0) x_1_0_1) (* (/ 1.0 4.0) x_1_0_2)) (+ (* (/ 1.0 4.0) x_1_1_1) (* (/ 1.0 4.0) x_1_1_2))) (/ (+ (+ x_1_0_1 x_1_0_2) (+ x_1_1_1 x_1_1_2)) 4.0))))
(set-info :status unsat)
(check-sat)
