; identity-of-ones: wrong
; A kernel with ones at the centre of every input channel is the identity.
; from: RepViT, grouped path
; at H=1 W=1 kh=3 kw=1 sy=1 sx=1 py=1 px=0
; missing: (depthwise) a group has one channel
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun x_1_0_0 () Real)
; the negation of the goal
(assert (not (and (= x_0_0_0 (+ 0.0 (* 1.0 x_0_0_0) 0.0)) (= x_0_0_0 (+ (+ 0.0 (* 1.0 x_0_0_0) 0.0) (+ 0.0 (* 1.0 x_1_0_0) 0.0))) (= x_1_0_0 (+ (+ 0.0 (* 1.0 x_0_0_0) 0.0) (+ 0.0 (* 1.0 x_1_0_0) 0.0))))))
(set-info :status sat)
(check-sat)
