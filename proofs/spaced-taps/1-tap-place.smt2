; spaced-taps: tap, place
; A sum over all taps of which only evenly spaced ones count is a sum over these.
; from: finite sums
(set-logic QF_UFNIRA)
(declare-fun gap () Int)
(declare-fun u () Int)
(declare-fun e () Int)
(assert (<= 0 gap))
(assert (< u e))
; the negation of the goal
(assert (not (<= (* gap u) (* gap (- e 1)))))
(set-info :status unsat)
(check-sat)
