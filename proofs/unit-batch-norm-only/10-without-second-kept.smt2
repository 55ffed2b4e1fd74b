; unit-batch-norm-only: without second-kept
; A batch norm that leaves two values as they are has γ = √(σ²+ε) and β = μ.
; assuming (two-values) the two values differ
; assuming (first-kept) the first is left as it is
; assuming (second-kept) the second is left as it is
; from: rm-blocks, unit batch norm: the other direction
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun variance () Real)
(declare-fun epsilon () Real)
(declare-fun t1 () Real)
(declare-fun t2 () Real)
(declare-fun gamma () Real)
(declare-fun mean () Real)
(declare-fun beta () Real)
(assert (and (< 0.0 r) (= (* r r (+ variance epsilon)) 1.0)))
(assert (not (= t1 t2)))
(assert (= (+ (* (* gamma r) (- t1 mean)) beta) t1))
; the negation of the goal
(assert (not (and (< 0.0 gamma) (= (* gamma gamma) (+ variance epsilon)) (= beta mean))))
(set-info :status sat)
(check-sat)
