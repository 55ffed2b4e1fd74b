; training-statistics: true with what is missing
; A batch norm computes the same in training and at inference.
; from: RepVGG issues 9 and 19, MobileOne issue 8
; missing: (same-statistics) the batch has the running mean and variance
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun s () Real)
(declare-fun mean () Real)
(declare-fun mu () Real)
(declare-fun gamma () Real)
(declare-fun t () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (=> (and (< 0.0 r) (< 0.0 s) (and (= mean mu) (= r s))) (= (+ (* (* gamma (/ 1.0 r)) (- t mean)) beta) (+ (* (* gamma (/ 1.0 s)) (- t mu)) beta)))))
(set-info :status unsat)
(check-sat)
