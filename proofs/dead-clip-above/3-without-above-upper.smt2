; dead-clip-above: without above-upper
; Clip of a value above its upper bound is that bound, whatever the lower one is.
; assuming (above-upper) the value is not below the upper bound
; from: the definition of clip
(set-logic QF_UFNIRA)
(declare-fun h () Real)
(declare-fun t () Real)
(declare-fun l () Real)
; the negation of the goal
(assert (not (= (ite (< h (ite (< t l) l t)) h (ite (< t l) l t)) h)))
(set-info :status sat)
(check-sat)
