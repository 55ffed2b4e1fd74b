; prelu-nonnegative: satisfiable
; PReLU is the identity on values that are not negative, whatever its slope.
; assuming (non-negative) the value is not negative
; from: arXiv 1502.01852
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(assert (<= 0.0 t))
(set-info :status sat)
(check-sat)
