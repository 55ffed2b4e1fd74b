; inner-sum: small sizes 1, satisfiable
; A sum inside a convolution may stand outside.
; from: finite sums
; at C=2 kh=1 kw=2 n=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
