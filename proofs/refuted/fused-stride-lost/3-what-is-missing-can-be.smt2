; fused-stride-lost: what is missing can be
; A convolution fused with a strided pointwise one keeps its own stride.
; from: fusing by the attributes of the first
; at H=3 W=1 kh=1 kw=1 sy=1 sx=1 py=0 px=0 C=1
; missing: (no-stride) the second has stride 1
(set-logic QF_UFNIRA)
(assert (or (= 0.0 0.0) (< 0.0 0.0) (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
