; ordered-products: sign
; More groups are no fewer channels.
; from: arithmetic
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun n () Int)
(assert (<= 0 w))
(assert (<= 0 n))
; the negation of the goal
(assert (not (<= 0 (* n w))))
(set-info :status unsat)
(check-sat)
