; identity-index-in-group: what is missing can be
; The identity kernel of a grouped convolution has a one at input o of output o.
; from: YOLOv7, fuse_repvgg_block
; at kh=1 kw=1 sy=1 sx=1 py=0 px=0 H=1 W=1 C=2 w=1
; missing: (first-group) output o is in the first group, where o mod (C/g) is o
(set-logic QF_UFNIRA)
(assert (or (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
