; reserved-clipped: true with what is missing
; A value that is not negative may be reserved behind a ReLU6.
; from: ports of RMNet to MobileNetV2
; at H=1 W=1
; missing: (at-most-six) the reserved value is at most 6
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun F_0_0_0 () Real)
; the negation of the goal
(assert (not (=> (and (<= 0.0 x_0_0_0) (<= x_0_0_0 6.0)) (= (+ F_0_0_0 x_0_0_0) (+ F_0_0_0 (ite (< 6.0 (ite (< x_0_0_0 0.0) 0.0 x_0_0_0)) 6.0 (ite (< x_0_0_0 0.0) 0.0 x_0_0_0)))))))
(set-info :status unsat)
(check-sat)
