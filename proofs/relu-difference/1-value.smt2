; relu-difference: value
; relu(t) − relu(−t) = t: two channels carry a value of any sign.
; from: CReLU, arXiv 1603.05201
(set-logic QF_UFNIRA)
(declare-fun t () Real)
; the negation of the goal
(assert (not (= (- (ite (< t 0.0) 0.0 t) (ite (< (- t) 0.0) 0.0 (- t))) t)))
(set-info :status unsat)
(check-sat)
