; scale-of-deviation: true with what is missing
; A batch norm with γ = σ and β = μ is the identity.
; from: γ has to be √(σ²+ε)
; missing: (no-epsilon) ε is zero
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun gamma () Real)
(declare-fun t () Real)
(declare-fun mu () Real)
; the negation of the goal
(assert (not (=> (and (< 0.0 s) (< 0.0 gamma) (<= (* gamma s) 1.0) (= (* gamma s) 1.0)) (= t (+ (* (* gamma s) (- t mu)) mu)))))
(set-info :status unsat)
(check-sat)
