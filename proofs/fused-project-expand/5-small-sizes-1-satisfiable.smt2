; fused-project-expand: small sizes 1, satisfiable
; A 1×1 projection and the 1×1 expansion behind it, a batch norm each, are one 1×1 convolution.
; from: arXiv 2111.00687, MobileNetV2 to MobileNetV1
; at C=2 M=2 o=0 p=0 q=1 H=1 W=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
