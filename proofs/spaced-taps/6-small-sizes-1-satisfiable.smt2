; spaced-taps: small sizes 1, satisfiable
; A sum over all taps of which only evenly spaced ones count is a sum over these.
; from: finite sums
; at n=3 e=2 k=0 gap=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
