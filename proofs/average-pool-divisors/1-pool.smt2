; average-pool-divisors: pool
; Where every tap is inside the domain it makes no difference whether padding counts.
; assuming (all-inside) as many taps are inside the domain as there are
; from: ONNX AveragePool, count_include_pad
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun rows () Int)
(declare-fun columns () Int)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun px () Int)
; (sum_1 n @0 @1 @2 @3 @4 @5) is the sum over # < n of (sum #1 < @0 of (x @1 (- (+ @2 #) @3) (- (+ @4 #1) @5)))
(declare-fun sum_1 (Int Int Int Int Int Int Int) Real)
(assert (and (<= 1 kh) (<= 1 kw)))
(assert (and (= rows kh) (= columns kw)))
; the negation of the goal
(assert (not (= (/ (sum_1 kh kw o (* p sy) py (* q sx) px) (to_real (* rows columns))) (/ (sum_1 kh kw o (* p sy) py (* q sx) px) (to_real (* kh kw))))))
(set-info :status unsat)
(check-sat)
