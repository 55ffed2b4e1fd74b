; ordered-products: difference
; More groups are no fewer channels.
; from: arithmetic
(set-logic QF_UFNIRA)
(declare-fun e () Int)
(declare-fun d () Int)
(declare-fun w () Int)
; the negation of the goal
(assert (not (= (* (- e d) w) (- (* e w) (* d w)))))
(set-info :status unsat)
(check-sat)
