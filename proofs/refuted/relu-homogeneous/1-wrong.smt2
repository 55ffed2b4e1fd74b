; relu-homogeneous: wrong
; A factor may be moved through a ReLU.
; from: equalising channels by a negative factor
; missing: (non-negative-factor) the factor is not negative
(set-logic QF_UFNIRA)
(declare-fun c () Real)
(declare-fun t () Real)
; the negation of the goal
(assert (not (= (ite (< (* c t) 0.0) 0.0 (* c t)) (* c (ite (< t 0.0) 0.0 t)))))
(set-info :status sat)
(check-sat)
