; hard-sigmoid-as-relus: value
; clip(αt + β, 0, 1) = relu(αt + β) − relu(αt + β − 1).
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun alpha () Real)
(declare-fun t () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (= (ite (< 1.0 (ite (< (+ (* alpha t) beta) 0.0) 0.0 (+ (* alpha t) beta))) 1.0 (ite (< (+ (* alpha t) beta) 0.0) 0.0 (+ (* alpha t) beta))) (- (ite (< (+ (* alpha t) beta) 0.0) 0.0 (+ (* alpha t) beta)) (ite (< (- (+ (* alpha t) beta) 1.0) 0.0) 0.0 (- (+ (* alpha t) beta) 1.0))))))
(set-info :status unsat)
(check-sat)
