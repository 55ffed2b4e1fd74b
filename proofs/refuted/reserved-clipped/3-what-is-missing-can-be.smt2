; reserved-clipped: what is missing can be
; A value that is not negative may be reserved behind a ReLU6.
; from: ports of RMNet to MobileNetV2
; at H=1 W=1
; missing: (at-most-six) the reserved value is at most 6
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(assert (and (<= 0.0 x_0_0_0) (<= x_0_0_0 6.0)))
(set-info :status sat)
(check-sat)
