; rescaled-channels: without scaled-back
; A convolution of scaled channels with its weights scaled back is the convolution.
; assuming (scaled-back) the factors of each channel multiply to one
; from: formal-core, canonical atoms: positive scales come out
; at C=1 H=3 W=2 kh=1 kw=1 o=0 p=1 q=0 sy=1 sx=2 dy=2 dx=1 py=0 px=0
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun back_0 () Real)
(declare-fun a_0 () Real)
(declare-fun x_0_1_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (* (* K_0_0_0_0 back_0) (* a_0 x_0_1_0)) (* K_0_0_0_0 x_0_1_0))))
(set-info :status sat)
(check-sat)
