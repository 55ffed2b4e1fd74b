; default-batch-norm-float32: wrong
; A batch norm with γ = σ² = 1, μ = β = 0 and ε = 10⁻⁵ is the identity in float32, where ε is lost.
; from: RMNet, the variant with squeeze and excitation
; missing: (zero) the value is zero
(set-logic QF_FP)
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
; the negation of the goal
(assert (not (=> (and (not (fp.isInfinite x_Float32)) (not (fp.isNaN x_Float32))) (or (fp.eq x_Float32 (fp.mul RNE x_Float32 (fp.div RNE ((_ to_fp 8 24) RNE 1.0) (fp.sqrt RNE (fp.add RNE ((_ to_fp 8 24) RNE 1.0) (fp.div RNE ((_ to_fp 8 24) RNE 1.0) ((_ to_fp 8 24) RNE 100000.0))))))) (= x_Float32 (fp.mul RNE x_Float32 (fp.div RNE ((_ to_fp 8 24) RNE 1.0) (fp.sqrt RNE (fp.add RNE ((_ to_fp 8 24) RNE 1.0) (fp.div RNE ((_ to_fp 8 24) RNE 1.0) ((_ to_fp 8 24) RNE 100000.0)))))))))))
(set-info :status sat)
(check-sat)
