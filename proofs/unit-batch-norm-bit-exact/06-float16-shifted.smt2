; unit-batch-norm-bit-exact: float16, shifted
; A batch norm with γ = 1, fl(σ² + ε) = 1 and μ = β = 0 returns the bits it is given, but for the sign of zero, in float16, bfloat16 and float32.
; from: IEEE 754-2019, section 5.4; unit-variance-bit-exact says which σ² do
(set-logic QF_FP)
(declare-fun c_Float16 () (_ FloatingPoint 5 11))
(declare-fun x_Float16 () (_ FloatingPoint 5 11))
(declare-fun z_Float16 () (_ FloatingPoint 5 11))
(assert (or (fp.eq c_Float16 x_Float16) (= c_Float16 x_Float16)))
(assert (fp.isZero z_Float16))
; the negation of the goal
(assert (not (or (fp.eq (fp.add RNE c_Float16 z_Float16) x_Float16) (= (fp.add RNE c_Float16 z_Float16) x_Float16))))
(set-info :status unsat)
(check-sat)
