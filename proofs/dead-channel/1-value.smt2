; dead-channel: value
; A channel whose γ is zero is β everywhere.
; assuming (dead) γ is zero
; from: converter bug 10: pruned channels with β ≠ 0
(set-logic QF_UFNIRA)
(declare-fun gamma () Real)
(declare-fun r () Real)
(declare-fun t () Real)
(declare-fun mean () Real)
(declare-fun beta () Real)
(assert (= gamma 0.0))
; the negation of the goal
(assert (not (= (+ (* (* gamma r) (- t mean)) beta) beta)))
(set-info :status unsat)
(check-sat)
