; shift-through-relu: true with what is missing
; A bias may be moved through a ReLU.
; from: swapping an activation and a batch norm
; missing: (both-active) the ReLU is the identity on the value, with and without the bias
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun c () Real)
; the negation of the goal
(assert (not (=> (and (<= 0.0 t) (<= 0.0 (+ t c))) (= (ite (< (+ t c) 0.0) 0.0 (+ t c)) (+ (ite (< t 0.0) 0.0 t) c)))))
(set-info :status unsat)
(check-sat)
