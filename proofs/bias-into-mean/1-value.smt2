; bias-into-mean: value
; A bias before a batch norm can be taken from its mean instead.
; from: rm-blocks, biases in unfolded batch norms
(set-logic QF_UFNIRA)
(declare-fun gamma () Real)
(declare-fun r () Real)
(declare-fun t () Real)
(declare-fun b () Real)
(declare-fun mean () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (= (+ (* (* gamma r) (- (+ t b) mean)) beta) (+ (* (* gamma r) (- t (- mean b))) beta))))
(set-info :status unsat)
(check-sat)
