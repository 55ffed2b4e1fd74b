; prelu-slope-zero: value
; PReLU with slope 0 is ReLU.
; assuming (slope-zero) the slope is zero
; from: arXiv 2111.00687, MobileNetV2
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun t () Real)
(assert (= a 0.0))
; the negation of the goal
(assert (not (= (ite (<= 0.0 t) t (* a t)) (ite (< t 0.0) 0.0 t))))
(set-info :status unsat)
(check-sat)
