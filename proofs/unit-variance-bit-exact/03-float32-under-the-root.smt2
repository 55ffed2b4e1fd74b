; unit-variance-bit-exact: float32, under the root
; The variance σ² = fl(1 − ε) makes fl(σ² + ε) exactly 1, for every ε from 0 to 1, in float16, bfloat16 and float32.
; assuming (epsilon-not-negative-float16) ε is not negative (float16)
; assuming (epsilon-at-most-one-float16) ε is at most 1, so that fl(1 − ε) is a variance (float16)
; assuming (epsilon-not-negative-bfloat16) ε is not negative (bfloat16)
; assuming (epsilon-at-most-one-bfloat16) ε is at most 1, so that fl(1 − ε) is a variance (bfloat16)
; assuming (epsilon-not-negative-float32) ε is not negative (float32)
; assuming (epsilon-at-most-one-float32) ε is at most 1, so that fl(1 − ε) is a variance (float32)
; from: IEEE 754-2019, section 5.4; Sterbenz, Floating-Point Computation, 1974
(set-logic QF_FP)
(declare-fun eps_Float32 () (_ FloatingPoint 8 24))
(assert (fp.leq ((_ to_fp 8 24) RNE 0.0) eps_Float32))
(assert (fp.leq eps_Float32 ((_ to_fp 8 24) RNE 1.0)))
; the negation of the goal
(assert (not (= (fp.add RNE (fp.sub RNE ((_ to_fp 8 24) RNE 1.0) eps_Float32) eps_Float32) ((_ to_fp 8 24) RNE 1.0))))
(set-info :status unsat)
(check-sat)
