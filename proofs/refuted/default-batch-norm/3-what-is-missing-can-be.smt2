; default-batch-norm: what is missing can be
; A batch norm with γ = σ² = 1 and μ = β = 0 is the identity.
; from: RMNet, the variant with squeeze and excitation
; missing: (no-epsilon) ε is zero
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(assert (and (< 0.0 r) (<= 1.0 (* r r)) (= (* r r) 1.0)))
(set-info :status sat)
(check-sat)
