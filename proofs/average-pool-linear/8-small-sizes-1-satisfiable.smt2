; average-pool-linear: small sizes 1, satisfiable
; The average of a·x + b·y is a times that of x plus b times that of y.
; from: linearity
; at C=2 H=3 W=2 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
