; fused-across-groups: true with what is missing
; A depthwise convolution is fused with the one before by the product of their kernels as they are stored.
; from: kernels of C×1 taken for C×C, the first row for all
; at C=1
; missing: (first-group) output o is in the first group
(set-logic QF_UFNIRA)
(declare-fun V_0_0 () Real)
(declare-fun K_0_0 () Real)
(declare-fun x_0 () Real)
; the negation of the goal
(assert (not (and (= (* V_0_0 (* K_0_0 x_0)) (* (* V_0_0 K_0_0) x_0)) (= 0.0 0.0))))
(set-info :status unsat)
(check-sat)
