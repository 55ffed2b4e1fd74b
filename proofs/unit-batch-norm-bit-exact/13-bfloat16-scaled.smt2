; unit-batch-norm-bit-exact: bfloat16, scaled
; A batch norm with γ = 1, fl(σ² + ε) = 1 and μ = β = 0 returns the bits it is given, but for the sign of zero, in float16, bfloat16 and float32.
; from: IEEE 754-2019, section 5.4; unit-variance-bit-exact says which σ² do
(set-logic QF_FP)
(declare-fun c_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun x_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun z_BFloat16 () (_ FloatingPoint 8 8))
(assert (or (fp.eq c_BFloat16 x_BFloat16) (= c_BFloat16 x_BFloat16)))
(assert (fp.isZero z_BFloat16))
; the negation of the goal
(assert (not (or (fp.eq (fp.mul RNE c_BFloat16 ((_ to_fp 8 8) RNE 1.0)) x_BFloat16) (= (fp.mul RNE c_BFloat16 ((_ to_fp 8 8) RNE 1.0)) x_BFloat16))))
(set-info :status unsat)
(check-sat)
