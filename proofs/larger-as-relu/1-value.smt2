; larger-as-relu: value
; max(a, b) = a + relu(b − a).
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun b () Real)
; the negation of the goal
(assert (not (= (ite (< a b) b a) (+ a (ite (< (- b a) 0.0) 0.0 (- b a))))))
(set-info :status unsat)
(check-sat)
