; max-pool-scaled: wrong
; A factor may be moved through max pooling.
; from: folding a batch norm across a pool
; at kh=2
; missing: (non-negative-factor) the factor is not negative
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
; the negation of the goal
(assert (not (= (ite (< (* s x_0_0_0) (* s x_0_1_0)) (* s x_0_1_0) (* s x_0_0_0)) (* s (ite (< x_0_0_0 x_0_1_0) x_0_1_0 x_0_0_0)))))
(set-info :status sat)
(check-sat)
