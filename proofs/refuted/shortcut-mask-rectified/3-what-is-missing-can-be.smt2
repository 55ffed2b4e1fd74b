; shortcut-mask-rectified: what is missing can be
; A shortcut scaled by a mask and rectified is the shortcut scaled by the mask where that is positive.
; from: RMNet pruning
; at H=1 W=1
; missing: (non-negative) the shortcut carries no negative value
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(assert (<= 0.0 x_0_0_0))
(set-info :status sat)
(check-sat)
