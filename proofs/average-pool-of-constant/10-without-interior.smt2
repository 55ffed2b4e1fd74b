; average-pool-of-constant: without interior
; The average of a constant is the constant, where the window lies inside the image.
; assuming (interior) the window lies inside the image
; from: the definition of average pooling
; at C=2 H=3 W=3 kh=2 kw=2 o=1 p=0 q=1 sy=1 sx=1 dy=1 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (/ (+ (+ 0.0 0.0) (+ v v)) 4.0) v)))
(set-info :status sat)
(check-sat)
