; prelu-slope-one: without slope-one
; PReLU with slope 1 is the identity.
; assuming (slope-one) the slope is one
; from: arXiv 2111.00687, MobileNetV2
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun a () Real)
; the negation of the goal
(assert (not (= (ite (<= 0.0 t) t (* a t)) t)))
(set-info :status sat)
(check-sat)
