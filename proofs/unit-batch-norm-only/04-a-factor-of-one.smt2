; unit-batch-norm-only: a factor of one
; A batch norm that leaves two values as they are has γ = √(σ²+ε) and β = μ.
; assuming (two-values) the two values differ
; assuming (first-kept) the first is left as it is
; assuming (second-kept) the second is left as it is
; from: rm-blocks, unit batch norm: the other direction
(set-logic QF_UFNIRA)
(declare-fun u () Real)
(declare-fun v () Real)
(assert (= u 1.0))
; the negation of the goal
(assert (not (= (* v u) v)))
(set-info :status unsat)
(check-sat)
