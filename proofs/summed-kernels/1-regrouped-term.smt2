; summed-kernels: regrouped, term
; Any number of convolutions add up to one whose kernel is the sum.
; from: arXiv 2206.04040
(set-logic QF_UFNIRA)
(declare-fun V (Int Int Int Int Int) Real)
(declare-fun b () Int)
(declare-fun o () Int)
(declare-fun c () Int)
(declare-fun i () Int)
(declare-fun j () Int)
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
(assert (not (= (* (V b o c i j) (t c (- (+ (* p sy) (* i dy)) (* ci dy)) (- (+ (* q sx) (* j dx)) (* cj dx)))) (* (t c (- (+ (* p sy) (* i dy)) (* ci dy)) (- (+ (* q sx) (* j dx)) (* cj dx))) (V b o c i j)))))
(set-info :status unsat)
(check-sat)
