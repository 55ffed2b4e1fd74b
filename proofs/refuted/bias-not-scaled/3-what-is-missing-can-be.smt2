; bias-not-scaled: what is missing can be
; Folding a batch norm into a convolution leaves its bias as it is.
; from: yolov3 issues 807 and 818
; at H=1 W=1 C=1
; missing: (no-bias) the convolution has no bias
(set-logic QF_UFNIRA)
(declare-fun b_0 () Real)
(assert (= b_0 0.0))
(set-info :status sat)
(check-sat)
