; chosen-channel: small sizes 1, satisfiable
; A channel that is one thing or another, whatever the tap, is the one convolution or the other.
; from: algebra
; at C=2 kh=1 kw=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
