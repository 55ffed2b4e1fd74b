; split-merged-by-sum: wrong
; The positive and the negative part of a value add up to it.
; from: reserving by relu(x) and relu(−x); the merge needs a −1
; at H=1 W=1
; missing: (non-negative) the value is not negative
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
; the negation of the goal
(assert (not (= x_0_0_0 (+ (ite (< x_0_0_0 0.0) 0.0 x_0_0_0) (ite (< (- x_0_0_0) 0.0) 0.0 (- x_0_0_0))))))
(set-info :status sat)
(check-sat)
