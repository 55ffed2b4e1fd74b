; average-pool-of-constant: row
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
(declare-fun v () Real)
; (sum_1 n @0 @1 @2 @3 @4) is the sum over # < n of (ite (and @0 (and (<= 0 (- (+ @1 #) @2)) (< (- (+ @1 #) @2) @3))) @4 0.0)
(declare-fun sum_1 (Int Bool Int Int Int Real) Real)
; (sum_2 n @0) is the sum over # < n of @0
(declare-fun sum_2 (Int Real) Real)
(assert (and (<= 1 kh) (<= 1 kw)))
(assert (and (and (<= 0 (- (* p sy) py)) (< (+ (- (* p sy) py) (* (- kh 1) 1)) H)) (and (<= 0 (- (* q sx) px)) (< (+ (- (* q sx) px) (* (- kw 1) 1)) W))))
(assert (<= 0 i))
(assert (< i kh))
(assert (=> (and (and (<= 1 kh) (<= 1 kw)) (and (and (<= 0 (- (* p sy) py)) (< (+ (- (* p sy) py) (* (- kh 1) 1)) H)) (and (<= 0 (- (* q sx) px)) (< (+ (- (* q sx) px) (* (- kw 1) 1)) W))) (<= 0 i) (< i kh) (<= 0 kw)) (= (sum_1 kw (and (<= 0 (- (+ (* p sy) i) py)) (< (- (+ (* p sy) i) py) H)) (* q sx) px W v) (sum_2 kw v))))
(assert (=> (<= 0 kw) (= (sum_2 kw v) (* (to_real kw) v))))
; the negation of the goal
(assert (not (= (sum_1 kw (and (<= 0 (- (+ (* p sy) i) py)) (< (- (+ (* p sy) i) py) H)) (* q sx) px W v) (* (to_real kw) v))))
(set-info :status unsat)
(check-sat)
