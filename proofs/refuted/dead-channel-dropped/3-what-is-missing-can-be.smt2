; dead-channel-dropped: what is missing can be
; A channel whose batch norm has γ = 0 may be pruned.
; from: RMNet pruning; its β goes on
; at C=2
; missing: (no-constant) β is not positive, so that the channel holds zero
(set-logic QF_UFNIRA)
(declare-fun gamma_1 () Real)
(declare-fun beta_1 () Real)
(assert (and (= gamma_1 0.0) (<= beta_1 0.0)))
(set-info :status sat)
(check-sat)
