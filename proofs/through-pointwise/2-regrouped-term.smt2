; through-pointwise: regrouped, term
; A convolution of a 1×1 convolution is one convolution, read the same way at the border.
; from: arXiv 2103.13425
(set-logic QF_UFNIRA)
(declare-fun V (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun m () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun U (Int Int) Real)
(declare-fun c () Int)
(declare-fun t (Int Int Int) Real)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun ci () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
(declare-fun cj () Int)
; the negation of the goal
(assert (not (= (* (V o m i j) (* (U m c) (t c (- (+ (* p sy) (* i dy)) (* ci dy)) (- (+ (* q sx) (* j dx)) (* cj dx))))) (* (t c (- (+ (* p sy) (* i dy)) (* ci dy)) (- (+ (* q sx) (* j dx)) (* cj dx))) (* (V o m i j) (U m c))))))
(set-info :status unsat)
(check-sat)
