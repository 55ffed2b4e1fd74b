; undone-batch-norm-float32: what is missing can be
; A batch norm with γ = √(σ²+ε) and β = μ returns the bits it is given.
; from: arXiv 2111.00687, reserve; true of real numbers
; missing: (no-mean) the running mean is zero
(set-logic QF_FP)
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
(declare-fun mu_Float32 () (_ FloatingPoint 8 24))
(assert (and (and (not (fp.isInfinite x_Float32)) (not (fp.isNaN x_Float32))) (and (not (fp.isInfinite mu_Float32)) (not (fp.isNaN mu_Float32))) (fp.isZero mu_Float32)))
(set-info :status sat)
(check-sat)
