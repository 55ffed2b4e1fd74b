; dirac-bit-exact: float16, node of zeros
; A Dirac channel holds the bits of what it reserves, but for the sign of zero, in every order of summation, fused or not, in float16, bfloat16 and float32.
; assuming (finite-float16) every other value in the window is finite (float16)
; assuming (finite-bfloat16) every other value in the window is finite (bfloat16)
; assuming (finite-float32) every other value in the window is finite (float32)
; from: IEEE 754-2019, sections 5.4 and 6.3; induction over the reduction tree
(set-logic QF_FP)
(declare-fun w_Float16 () (_ FloatingPoint 5 11))
(declare-fun u_Float16 () (_ FloatingPoint 5 11))
(declare-fun v_Float16 () (_ FloatingPoint 5 11))
(declare-fun a_Float16 () (_ FloatingPoint 5 11))
(declare-fun x_Float16 () (_ FloatingPoint 5 11))
(declare-fun y_Float16 () (_ FloatingPoint 5 11))
(assert (fp.isZero w_Float16))
(assert (fp.isZero u_Float16))
(assert (fp.isZero v_Float16))
(assert (or (fp.eq a_Float16 x_Float16) (= a_Float16 x_Float16)))
(assert (and (not (fp.isInfinite y_Float16)) (not (fp.isNaN y_Float16))))
; the negation of the goal
(assert (not (fp.isZero (fp.add RNE u_Float16 v_Float16))))
(set-info :status unsat)
(check-sat)
