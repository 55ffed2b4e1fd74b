; average-pool-as-convolution: pool
; Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).
; from: arXiv 2103.13425, average pooling as convolution
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun px () Int)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
; (sum_2 n @0 @1 @2 @3 @4 @5 @6) is the sum over # < n of (sum #1 < @0 of (* @1 (x @2 (- (+ @3 (* # 1)) @4) (- (+ @5 (* #1 1)) @6))))
(declare-fun sum_2 (Int Int Real Int Int Int Int Int) Real)
; (sum_3 n @0 @1 @2 @3 @4 @5) is the sum over # < n of (sum #1 < @0 of (x @1 (- (+ @2 #) @3) (- (+ @4 #1) @5)))
(declare-fun sum_3 (Int Int Int Int Int Int Int) Real)
(assert (and (<= 1 kh) (<= 1 kw)))
(assert (=> (and (<= 1 kh) (<= 1 kw)) (= (sum_1 1 (sum_2 kh kw (/ 1.0 (to_real (* kh kw))) o (* p sy) py (* q sx) px)) (* (/ 1.0 (to_real (* kh kw))) (sum_3 kh kw o (* p sy) py (* q sx) px)))))
(assert (=> (and (<= 1 kh) (<= 1 kw)) (<= 1.0 (to_real (* kh kw)))))
(assert (=> (<= 1.0 (to_real (* kh kw))) (= (* (/ 1.0 (to_real (* kh kw))) (sum_3 kh kw o (* p sy) py (* q sx) px)) (/ (sum_3 kh kw o (* p sy) py (* q sx) px) (to_real (* kh kw))))))
; the negation of the goal
(assert (not (= (sum_1 1 (sum_2 kh kw (/ 1.0 (to_real (* kh kw))) o (* p sy) py (* q sx) px)) (/ (sum_3 kh kw o (* p sy) py (* q sx) px) (to_real (* kh kw))))))
(set-info :status unsat)
(check-sat)
