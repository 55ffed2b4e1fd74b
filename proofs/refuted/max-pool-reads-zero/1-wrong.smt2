; max-pool-reads-zero: wrong
; Max pooling with padding is max pooling of the zero-padded image.
; from: a Pad before MaxPool that is merged into it, or split off
; at H=2 W=1 kh=2 py=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
; the negation of the goal
(assert (not (and (= x_0_0_0 (ite (< 0.0 x_0_0_0) x_0_0_0 0.0)) (= (ite (< x_0_0_0 x_0_1_0) x_0_1_0 x_0_0_0) (ite (< x_0_0_0 x_0_1_0) x_0_1_0 x_0_0_0)))))
(set-info :status sat)
(check-sat)
