; explicit-padding: small sizes 1
; Zeros written by a padding layer are zeros a convolution pads with.
; assuming (zeros) the layer pads with zero
; from: definition of zero padding
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=0 q=0 sy=1 sx=2 dy=2 dx=1 py=0 px=0 above=1 below=0 left=1 right=1
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun K_1_0_0_0 () Real)
(declare-fun K_1_0_1_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(declare-fun K_1_1_1_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= v 0.0))
; the negation of the goal
(assert (not (= (+ (+ (* K_1_0_0_0 v) (* K_1_0_1_0 v)) (+ (* K_1_1_0_0 v) (* K_1_1_1_0 v))) (+ (+ 0.0 0.0) (+ 0.0 0.0)))))
(set-info :status unsat)
(check-sat)
