; clip-without-floor: what is missing can be
; A clip from l to h is relu(t − l) − relu(t − h).
; from: it is l more
; missing: (floor-zero) the lower bound is zero
(set-logic QF_UFNIRA)
(declare-fun l () Real)
(declare-fun h () Real)
(assert (and (<= l h) (= l 0.0)))
(set-info :status sat)
(check-sat)
