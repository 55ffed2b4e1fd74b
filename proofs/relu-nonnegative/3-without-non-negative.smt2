; relu-nonnegative: without non-negative
; ReLU is the identity on values that are not negative.
; assuming (non-negative) the value is not negative
; from: arXiv 2111.00687, reserve
(set-logic QF_UFNIRA)
(declare-fun t () Real)
; the negation of the goal
(assert (not (= (ite (< t 0.0) 0.0 t) t)))
(set-info :status sat)
(check-sat)
