; average-pool-linear: small sizes 1
; The average of a·x + b·y is a times that of x plus b times that of y.
; from: linearity
; at C=2 H=3 W=2 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun b () Real)
(declare-fun y_1_0_1 () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun y_1_0_2 () Real)
(declare-fun x_1_1_1 () Real)
(declare-fun y_1_1_1 () Real)
(declare-fun x_1_1_2 () Real)
(declare-fun y_1_1_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (/ (+ (+ (+ (* a x_1_0_1) (* b y_1_0_1)) (+ (* a x_1_0_2) (* b y_1_0_2))) (+ (+ (* a x_1_1_1) (* b y_1_1_1)) (+ (* a x_1_1_2) (* b y_1_1_2)))) 4.0) (+ (* a (/ (+ (+ x_1_0_1 x_1_0_2) (+ x_1_1_1 x_1_1_2)) 4.0)) (* b (/ (+ (+ y_1_0_1 y_1_0_2) (+ y_1_1_1 y_1_1_2)) 4.0))))))
(set-info :status unsat)
(check-sat)
