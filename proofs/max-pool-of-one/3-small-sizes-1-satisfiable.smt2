; max-pool-of-one: small sizes 1, satisfiable
; Max pooling with a window of one pixel is the identity, subsampled by its stride.
; from: the definition of max pooling
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(set-info :status sat)
(check-sat)
