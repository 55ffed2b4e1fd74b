; folded-bits-bfloat16: what is missing can be
; A scale folded into the weight gives the same bits.
; from: onnx/optimizer issue 255, where the last bits were reported as an error
; missing: (zero-weight) the weight is zero, as most of a Dirac kernel
(set-logic QF_FP)
(declare-fun a_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun v_BFloat16 () (_ FloatingPoint 8 8))
(declare-fun s_BFloat16 () (_ FloatingPoint 8 8))
(assert (and (and (not (fp.isInfinite a_BFloat16)) (not (fp.isNaN a_BFloat16))) (and (not (fp.isInfinite v_BFloat16)) (not (fp.isNaN v_BFloat16))) (and (not (fp.isInfinite s_BFloat16)) (not (fp.isNaN s_BFloat16))) (fp.isZero v_BFloat16)))
(set-info :status sat)
(check-sat)
