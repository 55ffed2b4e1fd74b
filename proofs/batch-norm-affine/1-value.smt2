; batch-norm-affine: value
; Batch norm is γ/√(σ²+ε) times the value, plus β − γ/√(σ²+ε)·μ.
; from: arXiv 1502.03167, inference
(set-logic QF_UFNIRA)
(declare-fun gamma () Real)
(declare-fun r () Real)
(declare-fun t () Real)
(declare-fun mean () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (= (+ (* (* gamma r) (- t mean)) beta) (+ (* (* gamma r) t) (- beta (* (* gamma r) mean))))))
(set-info :status unsat)
(check-sat)
