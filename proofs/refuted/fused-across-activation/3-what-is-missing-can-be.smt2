; fused-across-activation: what is missing can be
; Two pointwise convolutions are one with the product of their kernels, whatever stands between.
; from: RMNet, project and expand of MobileNetV2
; at C=1 M=2
; missing: (active) the activation between is the identity on what it reads
(set-logic QF_UFNIRA)
(declare-fun K_0_0 () Real)
(declare-fun x_0 () Real)
(declare-fun K_1_0 () Real)
(assert (= (+ (ite (<= 0.0 (* K_0_0 x_0)) 0.0 1.0) (ite (<= 0.0 (* K_1_0 x_0)) 0.0 1.0)) 0.0))
(set-info :status sat)
(check-sat)
