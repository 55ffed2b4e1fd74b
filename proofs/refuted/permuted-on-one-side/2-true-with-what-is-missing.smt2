; permuted-on-one-side: true with what is missing
; Channels may be put in another order if the layer that writes them knows.
; from: pruning and grouping; the layer that reads them has to know as well
; at C=2
; missing: (permuted-columns) the kernel has its columns in the new order
(set-logic QF_UFNIRA)
(declare-fun V_0_0 () Real)
(declare-fun V_0_1 () Real)
(declare-fun x_0 () Real)
(declare-fun x_1 () Real)
(declare-fun V_1_0 () Real)
(declare-fun V_1_1 () Real)
; the negation of the goal
(assert (not (and (=> (= (+ (ite (= V_0_0 V_0_1) 0.0 1.0) (ite (= V_0_1 V_0_0) 0.0 1.0)) 0.0) (= (+ (* V_0_0 x_0) (* V_0_1 x_1)) (+ (* V_0_0 x_1) (* V_0_1 x_0)))) (=> (= (+ (ite (= V_1_0 V_1_1) 0.0 1.0) (ite (= V_1_1 V_1_0) 0.0 1.0)) 0.0) (= (+ (* V_1_0 x_0) (* V_1_1 x_1)) (+ (* V_1_0 x_1) (* V_1_1 x_0)))))))
(set-info :status unsat)
(check-sat)
