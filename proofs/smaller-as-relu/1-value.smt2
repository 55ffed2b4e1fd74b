; smaller-as-relu: value
; min(a, b) = a − relu(a − b).
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun b () Real)
(declare-fun a () Real)
; the negation of the goal
(assert (not (= (ite (< b a) b a) (- a (ite (< (- a b) 0.0) 0.0 (- a b))))))
(set-info :status unsat)
(check-sat)
