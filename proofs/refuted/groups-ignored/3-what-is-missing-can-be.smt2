; groups-ignored: what is missing can be
; A grouped convolution is folded like another: its kernel applies to the first channels.
; from: yolov5 issue 898
; at w=2
; missing: (first-group) output o is in the first group
(set-logic QF_UFNIRA)
(assert (or (= 0.0 0.0) (< 0.0 0.0)))
(set-info :status sat)
(check-sat)
