; shortcut-mask-rectified: wrong
; A shortcut scaled by a mask and rectified is the shortcut scaled by the mask where that is positive.
; from: RMNet pruning
; at H=1 W=1
; missing: (non-negative) the shortcut carries no negative value
(set-logic QF_UFNIRA)
(declare-fun F_0_0_0 () Real)
(declare-fun m_0 () Real)
(declare-fun x_0_0_0 () Real)
; the negation of the goal
(assert (not (= (+ F_0_0_0 (ite (< (* m_0 x_0_0_0) 0.0) 0.0 (* m_0 x_0_0_0))) (+ F_0_0_0 (* (ite (< 0.0 m_0) m_0 0.0) x_0_0_0)))))
(set-info :status sat)
(check-sat)
