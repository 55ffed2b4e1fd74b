; subsampled-before: what is missing can be
; A strided convolution is the convolution of the subsampled image.
; from: moving a stride to the front
; at C=1 H=4 W=1 kw=1 sy=2 sx=1 py=0 px=0
; missing: (pointwise) the kernel has one tap
(set-logic QF_UFNIRA)
(assert (or (= 0.0 0.0) (< 0.0 0.0) (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
