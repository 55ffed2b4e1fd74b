; dead-clip-above: satisfiable
; Clip of a value above its upper bound is that bound, whatever the lower one is.
; assuming (above-upper) the value is not below the upper bound
; from: the definition of clip
(set-logic QF_UFNIRA)
(declare-fun h () Real)
(declare-fun t () Real)
(assert (<= h t))
(set-info :status sat)
(check-sat)
