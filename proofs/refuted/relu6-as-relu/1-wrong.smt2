; relu6-as-relu: wrong
; A ReLU6 may be replaced by a ReLU.
; from: RMNet, its scripts for MobileNetV2
; at H=1 W=1
; missing: (at-most-six) no activation exceeds 6
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
; the negation of the goal
(assert (not (= (ite (< 6.0 (ite (< x_0_0_0 0.0) 0.0 x_0_0_0)) 6.0 (ite (< x_0_0_0 0.0) 0.0 x_0_0_0)) (ite (< x_0_0_0 0.0) 0.0 x_0_0_0))))
(set-info :status sat)
(check-sat)
