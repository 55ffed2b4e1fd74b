; prelu-nonnegative: value
; PReLU is the identity on values that are not negative, whatever its slope.
; assuming (non-negative) the value is not negative
; from: arXiv 1502.01852
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun a () Real)
(assert (<= 0.0 t))
; the negation of the goal
(assert (not (= (ite (<= 0.0 t) t (* a t)) t)))
(set-info :status unsat)
(check-sat)
