; dirac-bit-exact: bfloat16, node with the value on the right
; A Dirac channel holds the bits of what it reserves, but for the sign of zero, in every order of summation, fused or not, in float16, bfloat16 and float32.
; assuming (finite-float16) every other value in the window is finite (float16)
; assuming (finite-bfloat16) every other value in the window is finite (bfloat16)
; assuming (finite-float32) every other value in the window is finite (float32)
; from: IEEE 754-2019, sections 5.4 and 6.3; induction over the reduction tree
(set-logic QF_FP)
(declare-fun w_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun u_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun v_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun a_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun x_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun y_BFloat16 () (_ FloatingPoint 8 8))
(assert (fp.isZero w_BFloat16))
(assert (fp.isZero u_BFloat16))
(assert (fp.isZero v_BFloat16))
(assert (or (fp.eq a_BFloat16 x_BFloat16) (= a_BFloat16 x_BFloat16)))
(assert (and (not (fp.isInfinite y_BFloat16)) (not (fp.isNaN y_BFloat16))))
; the negation of the goal
(assert (not (or (fp.eq (fp.add RNE u_BFloat16 a_BFloat16) x_BFloat16) (= (fp.add RNE u_BFloat16 a_BFloat16) x_BFloat16))))
(set-info :status unsat)
(check-sat)
