; prelu-as-relu: value
; PReLU with slope a is a·t + (1 − a)·relu(t).
; from: formal-core, canonical atoms
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun a () Real)
; the negation of the goal
(assert (not (= (ite (<= 0.0 t) t (* a t)) (+ (* a t) (* (- 1.0 a) (ite (< t 0.0) 0.0 t))))))
(set-info :status unsat)
(check-sat)
