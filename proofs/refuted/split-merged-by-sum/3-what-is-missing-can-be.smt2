; split-merged-by-sum: what is missing can be
; The positive and the negative part of a value add up to it.
; from: reserving by relu(x) and relu(−x); the merge needs a −1
; at H=1 W=1
; missing: (non-negative) the value is not negative
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(assert (<= 0.0 x_0_0_0))
(set-info :status sat)
(check-sat)
