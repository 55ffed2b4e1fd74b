; dirac-bit-exact: float32, fused node of zeros
; A Dirac channel holds the bits of what it reserves, but for the sign of zero, in every order of summation, fused or not, in float16, bfloat16 and float32.
; assuming (finite-float16) every other value in the window is finite (float16)
; assuming (finite-bfloat16) every other value in the window is finite (bfloat16)
; assuming (finite-float32) every other value in the window is finite (float32)
; from: IEEE 754-2019, sections 5.4 and 6.3; induction over the reduction tree
(set-logic QF_FP)
(declare-fun w_Float32 () (_ FloatingPoint 8 24))
(declare-fun u_Float32 () (_ FloatingPoint 8 24))
(declare-fun v_Float32 () (_ FloatingPoint 8 24))
(declare-fun a_Float32 () (_ FloatingPoint 8 24))
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
(declare-fun y_Float32 () (_ FloatingPoint 8 24))
(assert (fp.isZero w_Float32))
(assert (fp.isZero u_Float32))
(assert (fp.isZero v_Float32))
(assert (or (fp.eq a_Float32 x_Float32) (= a_Float32 x_Float32)))
(assert (and (not (fp.isInfinite y_Float32)) (not (fp.isNaN y_Float32))))
; the negation of the goal
(assert (not (fp.isZero (fp.fma RNE w_Float32 y_Float32 u_Float32))))
(set-info :status unsat)
(check-sat)
