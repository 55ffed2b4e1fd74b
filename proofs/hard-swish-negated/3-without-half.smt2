; hard-swish-negated: without half
; Hard swish of −t is hard swish of t, less t, where β is one half.
; assuming (half) β is one half
; from: arXiv 1905.02244
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun alpha () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (= (* (- t) (ite (< 1.0 (ite (< (+ (* alpha (- t)) beta) 0.0) 0.0 (+ (* alpha (- t)) beta))) 1.0 (ite (< (+ (* alpha (- t)) beta) 0.0) 0.0 (+ (* alpha (- t)) beta)))) (- (* t (ite (< 1.0 (ite (< (+ (* alpha t) beta) 0.0) 0.0 (+ (* alpha t) beta))) 1.0 (ite (< (+ (* alpha t) beta) 0.0) 0.0 (+ (* alpha t) beta)))) t))))
(set-info :status sat)
(check-sat)
