; dead-channel: satisfiable
; A channel whose γ is zero is β everywhere.
; assuming (dead) γ is zero
; from: converter bug 10: pruned channels with β ≠ 0
(set-logic QF_UFNIRA)
(declare-fun gamma () Real)
(assert (= gamma 0.0))
(set-info :status sat)
(check-sat)
