; unit-batch-norm-only: γ² is σ²+ε
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
(assert (= (+ (* (* gamma r) (- t2 mean)) beta) t2))
(assert (=> (and (not (= t1 t2)) (= (+ (* (* gamma r) (- t1 mean)) beta) t1) (= (+ (* (* gamma r) (- t2 mean)) beta) t2)) (= (* gamma r) 1.0)))
(assert (=> (= (* r r (+ variance epsilon)) 1.0) (= (* (* gamma gamma) (* r r (+ variance epsilon))) (* gamma gamma))))
(assert (=> (= (* gamma r) 1.0) (= (* (* (* gamma r) (+ variance epsilon)) (* gamma r)) (* (* gamma r) (+ variance epsilon)))))
(assert (=> (= (* gamma r) 1.0) (= (* (+ variance epsilon) (* gamma r)) (+ variance epsilon))))
; the negation of the goal
(assert (not (= (* gamma gamma) (+ variance epsilon))))
(set-info :status unsat)
(check-sat)
