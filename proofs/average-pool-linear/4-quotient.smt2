; average-pool-linear: quotient
; The average of a·x + b·y is a times that of x plus b times that of y.
; from: linearity
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun t () Real)
(assert (<= 1.0 v))
; the negation of the goal
(assert (not (= (* v (/ t v)) t)))
(set-info :status unsat)
(check-sat)
