; relu-homogeneous: what is missing can be
; A factor may be moved through a ReLU.
; from: equalising channels by a negative factor
; missing: (non-negative-factor) the factor is not negative
(set-logic QF_UFNIRA)
(declare-fun c () Real)
(assert (<= 0.0 c))
(set-info :status sat)
(check-sat)
