; empty-weights: small sizes 1
; A convolution whose weights are zero is zero.
; from: algebra
; at C=2 kh=1 kw=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ 0.0 0.0) (+ 0.0 0.0)) 0.0)))
(set-info :status unsat)
(check-sat)
