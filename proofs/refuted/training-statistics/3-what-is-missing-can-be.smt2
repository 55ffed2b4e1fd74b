; training-statistics: what is missing can be
; A batch norm computes the same in training and at inference.
; from: RepVGG issues 9 and 19, MobileOne issue 8
; missing: (same-statistics) the batch has the running mean and variance
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun s () Real)
(declare-fun mean () Real)
(declare-fun mu () Real)
(assert (and (< 0.0 r) (< 0.0 s) (and (= mean mu) (= r s))))
(set-info :status sat)
(check-sat)
