; largest-scaled: without non-negative
; A factor that is not negative scales the largest.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
; at n=3
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(declare-fun h_0 () Real)
(declare-fun h_1 () Real)
(declare-fun h_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (ite (< (* factor h_0) (* factor h_1)) (* factor h_1) (* factor h_0)) (* factor h_2)) (* factor h_2) (ite (< (* factor h_0) (* factor h_1)) (* factor h_1) (* factor h_0))) (* factor (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0))))))
(set-info :status sat)
(check-sat)
