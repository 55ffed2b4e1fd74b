; clip-homogeneous: without non-negative
; A factor that is not negative may be taken before clip, bounds and all, or after it.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun h () Real)
(declare-fun t () Real)
(declare-fun l () Real)
; the negation of the goal
(assert (not (= (ite (< (* factor h) (ite (< (* factor t) (* factor l)) (* factor l) (* factor t))) (* factor h) (ite (< (* factor t) (* factor l)) (* factor l) (* factor t))) (* factor (ite (< h (ite (< t l) l t)) h (ite (< t l) l t))))))
(set-info :status sat)
(check-sat)
