; fused-across-padding: what is missing can be
; Two padded convolutions in a row are one with the composed kernel.
; from: OnnxSlim issue 21; the first writes nothing outside its image, the composed kernel reads there
; at H=3 W=1 kh=3 kw=1 sy=1 sx=1 py=1 px=0 C=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(assert (or (< 0.0 0.0) (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
