; bias-dropped: what is missing can be
; Folding a batch norm into a convolution needs no look at its bias.
; from: ACNet issue 43
; at H=1 W=1 C=1
; missing: (no-bias) the convolution has no bias
(set-logic QF_UFNIRA)
(declare-fun b_0 () Real)
(assert (= b_0 0.0))
(set-info :status sat)
(check-sat)
