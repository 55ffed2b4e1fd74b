; relu-bit-exact: bfloat16, way 2
; ReLU returns the bits of a value that is not negative, but for the sign of zero, in float16, bfloat16 and float32.
; assuming (non-negative-float16) the value is a number and not negative (float16)
; assuming (non-negative-bfloat16) the value is a number and not negative (bfloat16)
; assuming (non-negative-float32) the value is a number and not negative (float32)
; from: IEEE 754-2019, section 5.11; arXiv 2111.00687, reserve
(set-logic QF_FP)
(declare-fun x_BFloat16 () (_ FloatingPoint 8 8))
(assert (fp.leq ((_ to_fp 8 8) RNE 0.0) x_BFloat16))
; the negation of the goal
(assert (not (or (fp.eq (ite (fp.lt ((_ to_fp 8 8) RNE 0.0) x_BFloat16) x_BFloat16 ((_ to_fp 8 8) RNE 0.0)) x_BFloat16) (= (ite (fp.lt ((_ to_fp 8 8) RNE 0.0) x_BFloat16) x_BFloat16 ((_ to_fp 8 8) RNE 0.0)) x_BFloat16))))
(set-info :status unsat)
(check-sat)
