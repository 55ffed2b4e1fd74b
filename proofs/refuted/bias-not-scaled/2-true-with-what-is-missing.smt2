; bias-not-scaled: true with what is missing
; Folding a batch norm into a convolution leaves its bias as it is.
; from: yolov3 issues 807 and 818
; at H=1 W=1 C=1
; missing: (no-bias) the convolution has no bias
(set-logic QF_UFNIRA)
(declare-fun b_0 () Real)
(declare-fun s_0 () Real)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun t_0 () Real)
; the negation of the goal
(assert (not (=> (= b_0 0.0) (= (+ (* s_0 (+ (* K_0_0_0_0 x_0_0_0) b_0)) t_0) (+ (* (* s_0 K_0_0_0_0) x_0_0_0) b_0 t_0)))))
(set-info :status unsat)
(check-sat)
