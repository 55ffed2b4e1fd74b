; fused-across-groups: what is missing can be
; A depthwise convolution is fused with the one before by the product of their kernels as they are stored.
; from: kernels of C×1 taken for C×C, the first row for all
; at C=1
; missing: (first-group) output o is in the first group
(set-logic QF_UFNIRA)
(assert (or (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
