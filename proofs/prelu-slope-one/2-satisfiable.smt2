; prelu-slope-one: satisfiable
; PReLU with slope 1 is the identity.
; assuming (slope-one) the slope is one
; from: arXiv 2111.00687, MobileNetV2
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(assert (= a 1.0))
(set-info :status sat)
(check-sat)
