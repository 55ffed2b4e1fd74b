; split-projection: small sizes 1, satisfiable
; A projection and its negative in the centre taps project the difference of reserved channels.
; from: relu(x) − relu(−x) = x; CReLU, arXiv 1603.05201
; at C=1 M=1 o=0 kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
