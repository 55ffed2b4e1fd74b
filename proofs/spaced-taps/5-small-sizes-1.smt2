; spaced-taps: small sizes 1
; A sum over all taps of which only evenly spaced ones count is a sum over these.
; from: finite sums
; at n=3 e=2 k=0 gap=2
(set-logic QF_UFNIRA)
(declare-fun h_0_0 () Real)
(declare-fun h_1_2 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ h_0_0 0.0) (+ 0.0 0.0) (+ 0.0 h_1_2)) (+ h_0_0 h_1_2))))
(set-info :status unsat)
(check-sat)
