; relu6-as-relus: value
; ReLU6(t) = relu(t) − relu(t − 6).
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun t () Real)
; the negation of the goal
(assert (not (= (ite (< 6.0 (ite (< t 0.0) 0.0 t)) 6.0 (ite (< t 0.0) 0.0 t)) (- (ite (< t 0.0) 0.0 t) (ite (< (- t 6.0) 0.0) 0.0 (- t 6.0))))))
(set-info :status unsat)
(check-sat)
