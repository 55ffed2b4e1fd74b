; prelu-homogeneous: value
; A factor that is not negative may be taken before PReLU or after it.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun t () Real)
(declare-fun a () Real)
(assert (<= 0.0 factor))
; the negation of the goal
(assert (not (= (ite (<= 0.0 (* factor t)) (* factor t) (* a (* factor t))) (* factor (ite (<= 0.0 t) t (* a t))))))
(set-info :status unsat)
(check-sat)
