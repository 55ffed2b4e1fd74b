; convolution-splits: small sizes 1, satisfiable
; A convolution over concatenated channels is the sum of one over each part.
; from: arXiv 2111.00687, merge
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 a=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
