; naming: without equal
; Layers that read tensors equal at every pixel write the same.
; assuming (equal) the tensors agree at every channel and pixel
; from: formal-core, named values
; at C=1 H=2 W=1 kh=1 kw=1 o=0 p=1 q=0 sy=1 sx=2 dy=2 dx=1 py=0 px=0
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
(declare-fun y_0_1_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (* K_0_0_0_0 x_0_1_0) (* K_0_0_0_0 y_0_1_0))))
(set-info :status sat)
(check-sat)
