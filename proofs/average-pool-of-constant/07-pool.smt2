; average-pool-of-constant: pool
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
(declare-fun v () Real)
; (sum_1 n @0 @1 @2 @3 @4 @5 @6 @7) is the sum over # < n of (sum #1 < @0 of (ite (and (and (<= 0 (- (+ @1 #) @2)) (< (- (+ @1 #) @2) @3)) (and (<= 0 (- (+ @4 #1) @5)) (< (- (+ @4 #1) @5) @6))) @7 0.0))
(declare-fun sum_1 (Int Int Int Int Int Int Int Int Real) Real)
(assert (and (<= 1 kh) (<= 1 kw)))
(assert (and (and (<= 0 (- (* p sy) py)) (< (+ (- (* p sy) py) (* (- kh 1) 1)) H)) (and (<= 0 (- (* q sx) px)) (< (+ (- (* q sx) px) (* (- kw 1) 1)) W))))
(assert (=> (and (and (<= 1 kh) (<= 1 kw)) (and (and (<= 0 (- (* p sy) py)) (< (+ (- (* p sy) py) (* (- kh 1) 1)) H)) (and (<= 0 (- (* q sx) px)) (< (+ (- (* q sx) px) (* (- kw 1) 1)) W)))) (= (sum_1 kh kw (* p sy) py H (* q sx) px W v) (* (to_real (* kh kw)) v))))
(assert (=> (and (<= 1 kh) (<= 1 kw)) (<= 1.0 (to_real (* kh kw)))))
(assert (=> (<= 1.0 (to_real (* kh kw))) (= (/ (* (to_real (* kh kw)) v) (to_real (* kh kw))) v)))
; the negation of the goal
(assert (not (= (/ (sum_1 kh kw (* p sy) py H (* q sx) px W v) (to_real (* kh kw))) v)))
(set-info :status unsat)
(check-sat)
