; relu6-as-relu: what is missing can be
; A ReLU6 may be replaced by a ReLU.
; from: RMNet, its scripts for MobileNetV2
; at H=1 W=1
; missing: (at-most-six) no activation exceeds 6
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(assert (<= x_0_0_0 6.0))
(set-info :status sat)
(check-sat)
