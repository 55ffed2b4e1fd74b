; bias-before-padded-convolution: what is missing can be
; A bias before a padded convolution is a bias after it, times the sum of the kernel.
; from: Diverse Branch Block issues 9 and 16
; at H=3 W=1 kh=3 kw=1 sy=1 sx=1 py=1 px=0 C=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(assert (or (< 0.0 0.0) (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
