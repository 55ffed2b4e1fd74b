; prelu-composition: wrong
; A PReLU after a PReLU is the PReLU with the product of their slopes.
; from: fusing activations; a negative slope makes the second see the other side
; missing: (non-negative-slope) the slope of the first is not negative
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun c () Real)
(declare-fun a () Real)
; the negation of the goal
(assert (not (= (ite (<= 0.0 (ite (<= 0.0 t) t (* c t))) (ite (<= 0.0 t) t (* c t)) (* a (ite (<= 0.0 t) t (* c t)))) (ite (<= 0.0 t) t (* (* a c) t)))))
(set-info :status sat)
(check-sat)
