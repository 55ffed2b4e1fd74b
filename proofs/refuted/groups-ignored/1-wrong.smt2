; groups-ignored: wrong
; A grouped convolution is folded like another: its kernel applies to the first channels.
; from: yolov5 issue 898
; at w=2
; missing: (first-group) output o is in the first group
(set-logic QF_UFNIRA)
(declare-fun K_0_0 () Real)
(declare-fun x_0 () Real)
(declare-fun K_0_1 () Real)
(declare-fun x_1 () Real)
(declare-fun K_2_0 () Real)
(declare-fun x_2 () Real)
(declare-fun K_2_1 () Real)
(declare-fun x_3 () Real)
; the negation of the goal
(assert (not (and (= (+ (* K_0_0 x_0) (* K_0_1 x_1)) (+ (* K_0_0 x_0) (* K_0_1 x_1))) (= (+ (* K_2_0 x_2) (* K_2_1 x_3)) (+ (* K_2_0 x_0) (* K_2_1 x_1))))))
(set-info :status sat)
(check-sat)
