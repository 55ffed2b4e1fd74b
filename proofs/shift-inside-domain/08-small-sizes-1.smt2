; shift-inside-domain: small sizes 1
; A shifted channel is restored by the bias wherever its one entry reads inside the domain.
; assuming (in-range) the shifted value is where the activation is the identity
; assuming (inside) the entry reads a pixel of the domain, as a centre tap does
; from: zero padding holds 0, and not the b that a shift makes of 0
; at kh=2 kw=1 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 C=2 src=1 o=0 H=2 W=2 py=1 px=0
(set-logic QF_UFNIRA)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun x_1_0_1 () Real)
(declare-fun b () Real)
(assert (= (* e a) 1.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (<= 0.0 (+ (* a x_1_0_1) b)))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (- (* e (+ (+ 0.0 0.0) (+ 0.0 (* 1.0 (ite (< (+ (* a x_1_0_1) b) 0.0) 0.0 (+ (* a x_1_0_1) b)))))) (* e b)) x_1_0_1)))
(set-info :status unsat)
(check-sat)
