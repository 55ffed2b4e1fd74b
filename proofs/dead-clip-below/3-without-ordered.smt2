; dead-clip-below: without ordered
; Clip of a value below its lower bound is that bound.
; assuming (ordered) the lower bound is not above the upper one
; assuming (below-lower) the value is not above the lower bound
; from: the definition of clip
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun l () Real)
(declare-fun h () Real)
(assert (<= t l))
; the negation of the goal
(assert (not (= (ite (< h (ite (< t l) l t)) h (ite (< t l) l t)) l)))
(set-info :status sat)
(check-sat)
