; relu-nonnegative: satisfiable
; ReLU is the identity on values that are not negative.
; assuming (non-negative) the value is not negative
; from: arXiv 2111.00687, reserve
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(assert (<= 0.0 t))
(set-info :status sat)
(check-sat)
