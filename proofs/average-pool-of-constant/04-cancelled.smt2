; average-pool-of-constant: cancelled
; The average of a constant is the constant, where the window lies inside the image.
; assuming (interior) the window lies inside the image
; from: the definition of average pooling
(set-logic QF_UFNIRA)
(declare-fun w () Real)
(declare-fun r () Real)
(declare-fun t () Real)
(assert (<= 1.0 w))
(assert (= (* w r) (* w t)))
; the negation of the goal
(assert (not (= r t)))
(set-info :status unsat)
(check-sat)
