; rescaled-channels: small sizes 1, satisfiable
; A convolution of scaled channels with its weights scaled back is the convolution.
; assuming (scaled-back) the factors of each channel multiply to one
; from: formal-core, canonical atoms: positive scales come out
; at C=2 H=3 W=2 kh=1 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun back_0 () Real)
(declare-fun a_0 () Real)
(declare-fun back_1 () Real)
(declare-fun a_1 () Real)
(assert (= 0.0 0.0))
(assert (= (+ (ite (= (* back_0 a_0) 1.0) 0.0 1.0) (ite (= (* back_1 a_1) 1.0) 0.0 1.0)) 0.0))
(set-info :status sat)
(check-sat)
