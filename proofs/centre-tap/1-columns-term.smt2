; centre-tap: columns, term
; A 1×1 kernel in the centre tap of a larger one reads what the 1×1 convolution reads.
; from: arXiv 2111.00687, merging a projection
(set-logic QF_UFNIRA)
(declare-fun i () Int)
(declare-fun ci () Int)
(declare-fun j () Int)
(declare-fun cj () Int)
(declare-fun P (Int) Real)
(declare-fun c () Int)
(declare-fun t (Int Int Int) Real)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
; the negation of the goal
(assert (not (= (* (* (ite (and (= i ci) (= j cj)) 1.0 0.0) (P c)) (t c (- (+ (* p sy) (* i dy)) (* ci dy)) (- (+ (* q sx) (* j dx)) (* cj dx)))) (ite (= j cj) (ite (= i ci) (* (P c) (t c (- (+ (* p sy) (* i dy)) (* ci dy)) (- (+ (* q sx) (* j dx)) (* cj dx)))) 0.0) 0.0))))
(set-info :status unsat)
(check-sat)
