; unit-batch-norm-bit-exact: float32, scaled
; A batch norm with γ = 1, fl(σ² + ε) = 1 and μ = β = 0 returns the bits it is given, but for the sign of zero, in float16, bfloat16 and float32.
; from: IEEE 754-2019, section 5.4; unit-variance-bit-exact says which σ² do
(set-logic QF_FP)
(declare-fun c_Float32 () (_ FloatingPoint 8 24))
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
(declare-fun z_Float32 () (_ FloatingPoint 8 24))
(assert (or (fp.eq c_Float32 x_Float32) (= c_Float32 x_Float32)))
(assert (fp.isZero z_Float32))
; the negation of the goal
(assert (not (or (fp.eq (fp.mul RNE c_Float32 ((_ to_fp 8 24) RNE 1.0)) x_Float32) (= (fp.mul RNE c_Float32 ((_ to_fp 8 24) RNE 1.0)) x_Float32))))
(set-info :status unsat)
(check-sat)
