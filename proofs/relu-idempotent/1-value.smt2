; relu-idempotent: value
; ReLU of ReLU is ReLU.
; from: the definition of ReLU
(set-logic QF_UFNIRA)
(declare-fun t () Real)
; the negation of the goal
(assert (not (= (ite (< (ite (< t 0.0) 0.0 t) 0.0) 0.0 (ite (< t 0.0) 0.0 t)) (ite (< t 0.0) 0.0 t))))
(set-info :status unsat)
(check-sat)
