; default-batch-norm-float32: what is missing can be
; A batch norm with γ = σ² = 1, μ = β = 0 and ε = 10⁻⁵ is the identity in float32, where ε is lost.
; from: RMNet, the variant with squeeze and excitation
; missing: (zero) the value is zero
(set-logic QF_FP)
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
(assert (and (and (not (fp.isInfinite x_Float32)) (not (fp.isNaN x_Float32))) (fp.isZero x_Float32)))
(set-info :status sat)
(check-sat)
