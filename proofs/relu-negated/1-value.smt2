; relu-negated: value
; relu(−t) = relu(t) − t.
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun t () Real)
; the negation of the goal
(assert (not (= (ite (< (- t) 0.0) 0.0 (- t)) (- (ite (< t 0.0) 0.0 t) t))))
(set-info :status unsat)
(check-sat)
