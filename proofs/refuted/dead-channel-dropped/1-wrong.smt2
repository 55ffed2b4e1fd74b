; dead-channel-dropped: wrong
; A channel whose batch norm has γ = 0 may be pruned.
; from: RMNet pruning; its β goes on
; at C=2
; missing: (no-constant) β is not positive, so that the channel holds zero
(set-logic QF_UFNIRA)
(declare-fun gamma_1 () Real)
(declare-fun V_0_0 () Real)
(declare-fun gamma_0 () Real)
(declare-fun n_0 () Real)
(declare-fun beta_0 () Real)
(declare-fun V_0_1 () Real)
(declare-fun n_1 () Real)
(declare-fun beta_1 () Real)
; the negation of the goal
(assert (not (=> (= gamma_1 0.0) (= (+ (* V_0_0 (ite (< (+ (* gamma_0 n_0) beta_0) 0.0) 0.0 (+ (* gamma_0 n_0) beta_0))) (* V_0_1 (ite (< (+ (* gamma_1 n_1) beta_1) 0.0) 0.0 (+ (* gamma_1 n_1) beta_1)))) (+ (* V_0_0 (ite (< (+ (* gamma_0 n_0) beta_0) 0.0) 0.0 (+ (* gamma_0 n_0) beta_0))) 0.0)))))
(set-info :status sat)
(check-sat)
