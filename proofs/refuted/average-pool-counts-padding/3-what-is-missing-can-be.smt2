; average-pool-counts-padding: what is missing can be
; Average pooling divides by the size of its window.
; from: count_include_pad, whose default differs between formats
; at H=2 W=1 kh=2 py=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(assert (or (< 0.0 0.0) (= 0.0 0.0)))
(set-info :status sat)
(check-sat)
