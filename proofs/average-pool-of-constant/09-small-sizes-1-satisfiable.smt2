; average-pool-of-constant: small sizes 1, satisfiable
; The average of a constant is the constant, where the window lies inside the image.
; assuming (interior) the window lies inside the image
; from: the definition of average pooling
; at C=2 H=3 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=1 dy=1 dx=1 py=0 px=0
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
