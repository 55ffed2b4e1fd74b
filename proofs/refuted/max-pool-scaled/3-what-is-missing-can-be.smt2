; max-pool-scaled: what is missing can be
; A factor may be moved through max pooling.
; from: folding a batch norm across a pool
; at kh=2
; missing: (non-negative-factor) the factor is not negative
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(assert (<= 0.0 s))
(set-info :status sat)
(check-sat)
