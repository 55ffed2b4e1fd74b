; constant-channel: small sizes 1, satisfiable
; A constant channel goes into the bias of the convolution that reads it.
; assuming (interior-or-zero) the window lies inside the image, or the constant is zero
; from: converter bug 10; channel pruning
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=0 sy=1 sx=1 dy=1 dx=1 py=0 px=0 d=0
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
