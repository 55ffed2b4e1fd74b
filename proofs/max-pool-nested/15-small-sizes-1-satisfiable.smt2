; max-pool-nested: small sizes 1, satisfiable
; Max pooling of k×k, stride 1, and then of l×l is max pooling of k + l − 1, with the stride of the second.
; from: SPPF, a chain of pools for one
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 lh=2 lw=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
