; max-pool-reads-zero: true with what is missing
; Max pooling with padding is max pooling of the zero-padded image.
; from: a Pad before MaxPool that is merged into it, or split off
; at H=2 W=1 kh=2 py=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
; the negation of the goal
(assert (not (and (= 0.0 0.0) (= (ite (< x_0_0_0 x_0_1_0) x_0_1_0 x_0_0_0) (ite (< x_0_0_0 x_0_1_0) x_0_1_0 x_0_0_0)))))
(set-info :status unsat)
(check-sat)
