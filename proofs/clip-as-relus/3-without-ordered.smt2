; clip-as-relus: without ordered
; clip(t, l, h) = l + relu(t − l) − relu(t − h).
; assuming (ordered) the lower bound is not above the upper one
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun h () Real)
(declare-fun t () Real)
(declare-fun l () Real)
; the negation of the goal
(assert (not (= (ite (< h (ite (< t l) l t)) h (ite (< t l) l t)) (- (+ l (ite (< (- t l) 0.0) 0.0 (- t l))) (ite (< (- t h) 0.0) 0.0 (- t h))))))
(set-info :status sat)
(check-sat)
