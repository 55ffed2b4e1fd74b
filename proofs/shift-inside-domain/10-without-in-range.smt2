; shift-inside-domain: without in-range
; A shifted channel is restored by the bias wherever its one entry reads inside the domain.
; assuming (in-range) the shifted value is where the activation is the identity
; assuming (inside) the entry reads a pixel of the domain, as a centre tap does
; from: zero padding holds 0, and not the b that a shift makes of 0
; at kh=1 kw=1 ci=0 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=0 C=1 src=0 o=0 H=1 W=1 py=0 px=0
(set-logic QF_UFNIRA)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun b () Real)
(assert (= (* e a) 1.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (- (* e (* 1.0 (ite (< (+ (* a x_0_0_0) b) 0.0) 0.0 (+ (* a x_0_0_0) b)))) (* e b)) x_0_0_0)))
(set-info :status sat)
(check-sat)
