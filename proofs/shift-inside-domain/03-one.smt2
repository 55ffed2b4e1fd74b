; shift-inside-domain: one
; A shifted channel is restored by the bias wherever its one entry reads inside the domain.
; assuming (in-range) the shifted value is where the activation is the identity
; assuming (inside) the entry reads a pixel of the domain, as a centre tap does
; from: zero padding holds 0, and not the b that a shift makes of 0
(set-logic QF_UFNIRA)
(declare-fun m () Real)
(declare-fun t () Real)
(assert (= m 1.0))
; the negation of the goal
(assert (not (= (* m t) t)))
(set-info :status unsat)
(check-sat)
