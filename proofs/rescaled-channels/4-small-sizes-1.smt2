; rescaled-channels: small sizes 1
; A convolution of scaled channels with its weights scaled back is the convolution.
; assuming (scaled-back) the factors of each channel multiply to one
; from: formal-core, canonical atoms: positive scales come out
; at C=2 H=3 W=2 kh=1 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun back_0 () Real)
(declare-fun a_0 () Real)
(declare-fun back_1 () Real)
(declare-fun a_1 () Real)
(declare-fun K_1_0_0_0 () Real)
(declare-fun x_0_0_1 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun x_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= (+ (ite (= (* back_0 a_0) 1.0) 0.0 1.0) (ite (= (* back_1 a_1) 1.0) 0.0 1.0)) 0.0))
; the negation of the goal
(assert (not (= (+ (* (* K_1_0_0_0 back_0) (* a_0 x_0_0_1)) (* (* K_1_1_0_0 back_1) (* a_1 x_1_0_1))) (+ (* K_1_0_0_0 x_0_0_1) (* K_1_1_0_0 x_1_0_1)))))
(set-info :status unsat)
(check-sat)
