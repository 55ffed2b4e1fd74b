; prelu-composition: what is missing can be
; A PReLU after a PReLU is the PReLU with the product of their slopes.
; from: fusing activations; a negative slope makes the second see the other side
; missing: (non-negative-slope) the slope of the first is not negative
(set-logic QF_UFNIRA)
(declare-fun c () Real)
(assert (<= 0.0 c))
(set-info :status sat)
(check-sat)
