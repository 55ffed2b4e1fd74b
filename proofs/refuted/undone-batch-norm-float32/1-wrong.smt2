; undone-batch-norm-float32: wrong
; A batch norm with γ = √(σ²+ε) and β = μ returns the bits it is given.
; from: arXiv 2111.00687, reserve; true of real numbers
; missing: (no-mean) the running mean is zero
(set-logic QF_FP)
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
(declare-fun mu_Float32 () (_ FloatingPoint 8 24))
; the negation of the goal
(assert (not (=> (and (and (not (fp.isInfinite x_Float32)) (not (fp.isNaN x_Float32))) (and (not (fp.isInfinite mu_Float32)) (not (fp.isNaN mu_Float32)))) (or (fp.eq x_Float32 (fp.add RNE (fp.mul RNE (fp.sub RNE x_Float32 mu_Float32) ((_ to_fp 8 24) RNE 1.0)) mu_Float32)) (= x_Float32 (fp.add RNE (fp.mul RNE (fp.sub RNE x_Float32 mu_Float32) ((_ to_fp 8 24) RNE 1.0)) mu_Float32))))))
(set-info :status sat)
(check-sat)
