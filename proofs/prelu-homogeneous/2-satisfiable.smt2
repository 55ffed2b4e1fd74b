; prelu-homogeneous: satisfiable
; A factor that is not negative may be taken before PReLU or after it.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(assert (<= 0.0 factor))
(set-info :status sat)
(check-sat)
