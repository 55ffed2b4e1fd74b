; pointwise-sum: small sizes 1, satisfiable
; A 1×1 convolution is a sum over channels at each pixel.
; from: the definition of a convolution
; at C=2 o=0 p=1 q=0 sy=2 sx=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
