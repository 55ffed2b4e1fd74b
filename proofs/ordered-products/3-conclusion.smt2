; ordered-products: conclusion
; More groups are no fewer channels.
; from: arithmetic
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun d () Int)
(declare-fun e () Int)
(assert (<= 0 w))
(assert (<= d e))
(assert (=> (and (<= 0 w) (<= 0 (- e d))) (<= 0 (* (- e d) w))))
(assert (= (* (- e d) w) (- (* e w) (* d w))))
; the negation of the goal
(assert (not (<= (* d w) (* e w))))
(set-info :status unsat)
(check-sat)
