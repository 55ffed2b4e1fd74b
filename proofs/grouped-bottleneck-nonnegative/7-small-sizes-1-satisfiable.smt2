; grouped-bottleneck-nonnegative: small sizes 1, satisfiable
; A grouped bottleneck (1×1, grouped k×k, 1×1) is its branch alone, with reserved channels: its input is not negative, so the activation leaves it alone.
; assuming (whole-groups) the reserved channels are a multiple of the channels of a group
; assuming (non-negative) no value of the block's input is negative at this pixel
; from: arXiv 2111.00687, RMNeXt; arXiv 1611.05431
; at C=2 H=2 W=2 o=0 p=0 q=0 gR=1 gM=1 w=2 M1=2 H1=2 W1=2 M2=2 H2=2 W2=2 kh2=1 kw2=2 ci2=0 cj2=0 dy2=1 dx2=1 M3=2 H3=2 W3=2
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (<= (- x_0_0_0) 0.0))
(set-info :status sat)
(check-sat)
