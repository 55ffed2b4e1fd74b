; bottleneck-shift: small sizes 1, satisfiable
; A Bottleneck (1×1, k×k, 1×1) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted value of the block's input is where the activation is the identity
; from: arXiv 2111.00687; arXiv 1512.03385, figure 5
; at C=1 H=2 W=2 o=0 p=0 q=0 M1=1 H1=2 W1=2 M2=1 H2=2 W2=2 kh2=1 kw2=2 ci2=0 cj2=0 dy2=1 dx2=1 M3=1 H3=2 W3=2
(set-logic QF_UFNIRA)
(declare-fun ainv_0 () Real)
(declare-fun a_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun b_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (<= (ite (< (- (* ainv_0 a_0) 1.0) (- (- (* ainv_0 a_0) 1.0))) (- (- (* ainv_0 a_0) 1.0)) (- (* ainv_0 a_0) 1.0)) 0.0))
(assert (<= (- (+ (* a_0 x_0_0_0) b_0)) 0.0))
(set-info :status sat)
(check-sat)
