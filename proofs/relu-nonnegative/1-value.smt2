; relu-nonnegative: value
; ReLU is the identity on values that are not negative.
; assuming (non-negative) the value is not negative
; from: arXiv 2111.00687, reserve
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(assert (<= 0.0 t))
; the negation of the goal
(assert (not (= (ite (< t 0.0) 0.0 t) t)))
(set-info :status unsat)
(check-sat)
