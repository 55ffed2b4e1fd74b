; clip-without-floor: wrong
; A clip from l to h is relu(t − l) − relu(t − h).
; from: it is l more
; missing: (floor-zero) the lower bound is zero
(set-logic QF_UFNIRA)
(declare-fun l () Real)
(declare-fun h () Real)
(declare-fun t () Real)
; the negation of the goal
(assert (not (=> (<= l h) (= (ite (< h (ite (< t l) l t)) h (ite (< t l) l t)) (- (ite (< (- t l) 0.0) 0.0 (- t l)) (ite (< (- t h) 0.0) 0.0 (- t h)))))))
(set-info :status sat)
(check-sat)
