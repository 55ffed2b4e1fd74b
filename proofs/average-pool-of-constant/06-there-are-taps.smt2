; average-pool-of-constant: there are taps
; The average of a constant is the constant, where the window lies inside the image.
; assuming (interior) the window lies inside the image
; from: the definition of average pooling
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(assert (and (<= 1 kh) (<= 1 kw)))
; the negation of the goal
(assert (not (<= 1.0 (to_real (* kh kw)))))
(set-info :status unsat)
(check-sat)
