; clip-as-relus: satisfiable
; clip(t, l, h) = l + relu(t − l) − relu(t − h).
; assuming (ordered) the lower bound is not above the upper one
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun l () Real)
(declare-fun h () Real)
(assert (<= l h))
(set-info :status sat)
(check-sat)
