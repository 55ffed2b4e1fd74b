; identity-index-in-group: true with what is missing
; The identity kernel of a grouped convolution has a one at input o of output o.
; from: YOLOv7, fuse_repvgg_block
; at kh=1 kw=1 sy=1 sx=1 py=0 px=0 H=1 W=1 C=2 w=1
; missing: (first-group) output o is in the first group, where o mod (C/g) is o
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
; the negation of the goal
(assert (not (and (= x_0_0_0 (* 1.0 x_0_0_0)) (= 0.0 0.0))))
(set-info :status unsat)
(check-sat)
