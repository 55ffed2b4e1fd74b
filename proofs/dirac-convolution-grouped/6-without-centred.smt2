; dirac-convolution-grouped: without centred
; A grouped convolution is the identity where each output has a Dirac at its place in its group.
; assuming (in-group) the Dirac is at the output's place within its group
; assuming (as-wide) a group has as many outputs as inputs
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: rm-blocks, RMNeXt and RepVGG; the grouped identity index
; at H=2 W=2 kh=1 kw=1 p=0 q=1 ci=0 cj=0 sy=1 sx=1 dy=1 dx=2 py=1 px=0 a=1 v=2 w=2 s=1 d=1 o=3
(set-logic QF_UFNIRA)
(declare-fun x_3_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ 0.0 0.0) x_3_0_1)))
(set-info :status sat)
(check-sat)
