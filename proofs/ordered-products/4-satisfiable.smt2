; ordered-products: satisfiable
; More groups are no fewer channels.
; from: arithmetic
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun d () Int)
(declare-fun e () Int)
(assert (<= 0 w))
(assert (<= d e))
(set-info :status sat)
(check-sat)
