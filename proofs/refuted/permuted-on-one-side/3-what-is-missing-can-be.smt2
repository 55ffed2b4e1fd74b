; permuted-on-one-side: what is missing can be
; Channels may be put in another order if the layer that writes them knows.
; from: pruning and grouping; the layer that reads them has to know as well
; at C=2
; missing: (permuted-columns) the kernel has its columns in the new order
(set-logic QF_UFNIRA)
(declare-fun V_0_0 () Real)
(declare-fun V_0_1 () Real)
(declare-fun V_1_0 () Real)
(declare-fun V_1_1 () Real)
(assert (or (= (+ (ite (= V_0_0 V_0_1) 0.0 1.0) (ite (= V_0_1 V_0_0) 0.0 1.0)) 0.0) (= (+ (ite (= V_1_0 V_1_1) 0.0 1.0) (ite (= V_1_1 V_1_0) 0.0 1.0)) 0.0)))
(set-info :status sat)
(check-sat)
