; prelu-slope-zero: satisfiable
; PReLU with slope 0 is ReLU.
; assuming (slope-zero) the slope is zero
; from: arXiv 2111.00687, MobileNetV2
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(assert (= a 0.0))
(set-info :status sat)
(check-sat)
