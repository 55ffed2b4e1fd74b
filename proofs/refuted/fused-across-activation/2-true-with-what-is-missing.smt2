; fused-across-activation: true with what is missing
; Two pointwise convolutions are one with the product of their kernels, whatever stands between.
; from: RMNet, project and expand of MobileNetV2
; at C=1 M=2
; missing: (active) the activation between is the identity on what it reads
(set-logic QF_UFNIRA)
(declare-fun K_0_0 () Real)
(declare-fun x_0 () Real)
(declare-fun K_1_0 () Real)
(declare-fun V_0_0 () Real)
(declare-fun V_0_1 () Real)
; the negation of the goal
(assert (not (=> (= (+ (ite (<= 0.0 (* K_0_0 x_0)) 0.0 1.0) (ite (<= 0.0 (* K_1_0 x_0)) 0.0 1.0)) 0.0) (= (+ (* V_0_0 (ite (< (* K_0_0 x_0) 0.0) 0.0 (* K_0_0 x_0))) (* V_0_1 (ite (< (* K_1_0 x_0) 0.0) 0.0 (* K_1_0 x_0)))) (* (+ (* V_0_0 K_0_0) (* V_0_1 K_1_0)) x_0)))))
(set-info :status unsat)
(check-sat)
