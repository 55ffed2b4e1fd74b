; prelu-slope-one: value
; PReLU with slope 1 is the identity.
; assuming (slope-one) the slope is one
; from: arXiv 2111.00687, MobileNetV2
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun t () Real)
(assert (= a 1.0))
; the negation of the goal
(assert (not (= (ite (<= 0.0 t) t (* a t)) t)))
(set-info :status unsat)
(check-sat)
