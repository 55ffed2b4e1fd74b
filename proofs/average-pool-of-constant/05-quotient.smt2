; average-pool-of-constant: quotient
; The average of a constant is the constant, where the window lies inside the image.
; assuming (interior) the window lies inside the image
; from: the definition of average pooling
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun t () Real)
(assert (<= 1.0 v))
; the negation of the goal
(assert (not (= (* v (/ t v)) t)))
(set-info :status unsat)
(check-sat)
