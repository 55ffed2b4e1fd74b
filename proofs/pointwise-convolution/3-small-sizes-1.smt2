; pointwise-convolution: small sizes 1
; A 1×1 convolution without padding is a matrix at every pixel its stride keeps.
; from: definition of the convolution
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun V_1_0 () Real)
(declare-fun x (Int Int Int) Real)
(declare-fun source_1_0 () Int)
(declare-fun V_1_1 () Real)
(declare-fun source_1_1 () Int)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (* V_1_0 (x source_1_0 1 2)) (* V_1_1 (x source_1_1 1 2))) (+ (* V_1_0 (x source_1_0 1 2)) (* V_1_1 (x source_1_1 1 2))))))
(set-info :status unsat)
(check-sat)
