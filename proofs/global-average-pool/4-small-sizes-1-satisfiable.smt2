; global-average-pool: small sizes 1, satisfiable
; Global average pooling is average pooling over the whole image.
; from: ONNX GlobalAveragePool
; at C=2 H=2 W=3 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
