; prelu-composition: true with what is missing
; A PReLU after a PReLU is the PReLU with the product of their slopes.
; from: fusing activations; a negative slope makes the second see the other side
; missing: (non-negative-slope) the slope of the first is not negative
(set-logic QF_UFNIRA)
(declare-fun c () Real)
(declare-fun t () Real)
(declare-fun a () Real)
; the negation of the goal
(assert (not (=> (<= 0.0 c) (= (ite (<= 0.0 (ite (<= 0.0 t) t (* c t))) (ite (<= 0.0 t) t (* c t)) (* a (ite (<= 0.0 t) t (* c t)))) (ite (<= 0.0 t) t (* (* a c) t))))))
(set-info :status unsat)
(check-sat)
