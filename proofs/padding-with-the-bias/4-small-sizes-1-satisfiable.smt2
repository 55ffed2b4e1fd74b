; padding-with-the-bias: small sizes 1, satisfiable
; A scale and a constant fold into a padded convolution whose padding holds the constant.
; from: Diverse Branch Block, arXiv 2103.13425
; at C=2 H=3 W=2 kh=2 kw=1 o=0 p=0 q=0 sy=1 sx=1 dy=1 dx=1 py=1 px=0
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
