; average-pool-linear: linear
; The average of a·x + b·y is a times that of x plus b times that of y.
; from: linearity
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun r () Real)
(declare-fun u () Real)
(declare-fun s () Real)
(declare-fun w () Real)
(declare-fun t () Real)
(declare-fun a () Real)
(declare-fun b () Real)
(assert (<= 1.0 v))
(assert (= (* v r) u))
(assert (<= 1.0 v))
(assert (= (* v s) w))
(assert (<= 1.0 v))
(assert (= (* v t) (+ (* a u) (* b w))))
; the negation of the goal
(assert (not (= t (+ (* a r) (* b s)))))
(set-info :status unsat)
(check-sat)
