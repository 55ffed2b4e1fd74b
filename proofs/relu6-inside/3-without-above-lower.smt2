; relu6-inside: without above-lower
; ReLU6 is the identity on values from 0 to 6.
; assuming (above-lower) the value is not below the lower bound
; assuming (below-upper) the value is not above the upper bound
; from: arXiv 1704.04861
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(assert (<= t 6.0))
; the negation of the goal
(assert (not (= (ite (< 6.0 (ite (< t 0.0) 0.0 t)) 6.0 (ite (< t 0.0) 0.0 t)) t)))
(set-info :status sat)
(check-sat)
