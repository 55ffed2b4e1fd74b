; average-pool-of-constant: tap
; The average of a constant is the constant, where the window lies inside the image.
; assuming (interior) the window lies inside the image
; from: the definition of average pooling
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun py () Int)
(declare-fun H () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun px () Int)
(declare-fun W () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun v () Real)
(assert (and (<= 1 kh) (<= 1 kw)))
(assert (and (and (<= 0 (- (* p sy) py)) (< (+ (- (* p sy) py) (* (- kh 1) 1)) H)) (and (<= 0 (- (* q sx) px)) (< (+ (- (* q sx) px) (* (- kw 1) 1)) W))))
(assert (<= 0 i))
(assert (< i kh))
(assert (<= 0 j))
(assert (< j kw))
; the negation of the goal
(assert (not (= (ite (and (and (<= 0 (- (+ (* p sy) i) py)) (< (- (+ (* p sy) i) py) H)) (and (<= 0 (- (+ (* q sx) j) px)) (< (- (+ (* q sx) j) px) W))) v 0.0) v)))
(set-info :status unsat)
(check-sat)
