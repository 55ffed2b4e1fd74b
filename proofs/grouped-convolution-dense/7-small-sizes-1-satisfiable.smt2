; grouped-convolution-dense: small sizes 1, satisfiable
; A grouped convolution is a dense one with block-diagonal weights.
; from: rm-blocks, RMNeXt and Bottleneck; converter bug 12
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1 g=2 w=2 a=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
