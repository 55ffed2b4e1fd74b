; shift-too-small: what is missing can be
; A value shifted up, rectified and shifted back is the value.
; from: reserving by a shift; the shift has to reach the least value
; at H=1 W=1
; missing: (in-range) the value is at least the negative of the shift
(set-logic QF_UFNIRA)
(declare-fun b_0 () Real)
(declare-fun x_0_0_0 () Real)
(assert (and (<= 0.0 b_0) (<= (- b_0) x_0_0_0)))
(set-info :status sat)
(check-sat)
