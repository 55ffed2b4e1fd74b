; max-pool-reads-zero: what is missing can be
; Max pooling with padding is max pooling of the zero-padded image.
; from: a Pad before MaxPool that is merged into it, or split off
; at H=2 W=1 kh=2 py=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(assert (or (< 0.0 0.0) (= 0.0 0.0)))
(set-info :status sat)
(check-sat)
