; max-pool-translation: small sizes 1, satisfiable
; A constant may be added before max pooling or after it: padding is ignored, not read as zero.
; from: max-plus algebra
; at C=2 H=3 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 top=0 left=0 rows=2 columns=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
