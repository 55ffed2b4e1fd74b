; scale-of-deviation: what is missing can be
; A batch norm with γ = σ and β = μ is the identity.
; from: γ has to be √(σ²+ε)
; missing: (no-epsilon) ε is zero
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun gamma () Real)
(assert (and (< 0.0 s) (< 0.0 gamma) (<= (* gamma s) 1.0) (= (* gamma s) 1.0)))
(set-info :status sat)
(check-sat)
