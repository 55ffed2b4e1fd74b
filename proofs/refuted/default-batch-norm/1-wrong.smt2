; default-batch-norm: wrong
; A batch norm with γ = σ² = 1 and μ = β = 0 is the identity.
; from: RMNet, the variant with squeeze and excitation
; missing: (no-epsilon) ε is zero
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun t () Real)
; the negation of the goal
(assert (not (=> (and (< 0.0 r) (<= 1.0 (* r r))) (= t (+ (* (* 1.0 (/ 1.0 r)) (- t 0.0)) 0.0)))))
(set-info :status sat)
(check-sat)
