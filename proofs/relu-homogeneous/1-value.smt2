; relu-homogeneous: value
; A factor that is not negative may be taken before ReLU or after it.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun t () Real)
(assert (<= 0.0 factor))
; the negation of the goal
(assert (not (= (ite (< (* factor t) 0.0) 0.0 (* factor t)) (* factor (ite (< t 0.0) 0.0 t)))))
(set-info :status unsat)
(check-sat)
