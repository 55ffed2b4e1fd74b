; clip-inside: without below-upper
; Clip is the identity on values between its bounds.
; assuming (above-lower) the value is not below the lower bound
; assuming (below-upper) the value is not above the upper bound
; from: the definition of clip
(set-logic QF_UFNIRA)
(declare-fun l () Real)
(declare-fun t () Real)
(declare-fun h () Real)
(assert (<= l t))
; the negation of the goal
(assert (not (= (ite (< h (ite (< t l) l t)) h (ite (< t l) l t)) t)))
(set-info :status sat)
(check-sat)
