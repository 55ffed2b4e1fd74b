; unit-batch-norm: satisfiable
; Batch norm with γ = √(σ²+ε) and β = μ is the identity.
; assuming (square) γ² is σ²+ε
; assuming (positive) γ is positive
; assuming (centred) β is μ
; from: rm-blocks, unit batch norm
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun variance () Real)
(declare-fun epsilon () Real)
(declare-fun gamma () Real)
(declare-fun beta () Real)
(declare-fun mean () Real)
(assert (and (< 0.0 r) (= (* r r (+ variance epsilon)) 1.0)))
(assert (= (* gamma gamma) (+ variance epsilon)))
(assert (< 0.0 gamma))
(assert (= beta mean))
(set-info :status sat)
(check-sat)
