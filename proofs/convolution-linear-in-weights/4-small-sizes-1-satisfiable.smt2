; convolution-linear-in-weights: small sizes 1, satisfiable
; A convolution with a combination of kernels is the combination of the convolutions.
; from: definition of the convolution
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
