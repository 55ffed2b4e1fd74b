; average-pool-linear: there are taps
; The average of a·x + b·y is a times that of x plus b times that of y.
; from: linearity
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(assert (and (<= 1 kh) (<= 1 kw)))
; the negation of the goal
(assert (not (<= 1.0 (to_real (* kh kw)))))
(set-info :status unsat)
(check-sat)
