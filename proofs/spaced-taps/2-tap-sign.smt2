; spaced-taps: tap, sign
; A sum over all taps of which only evenly spaced ones count is a sum over these.
; from: finite sums
(set-logic QF_UFNIRA)
(declare-fun gap () Int)
(declare-fun u () Int)
(assert (<= 0 gap))
(assert (<= 0 u))
; the negation of the goal
(assert (not (<= 0 (* gap u))))
(set-info :status unsat)
(check-sat)
