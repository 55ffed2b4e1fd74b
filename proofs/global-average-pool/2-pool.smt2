; global-average-pool: pool
; Global average pooling is average pooling over the whole image.
; from: ONNX GlobalAveragePool
(set-logic QF_UFNIRA)
(declare-fun H () Int)
(declare-fun W () Int)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun sy () Int)
(declare-fun sx () Int)
; (sum_1 n @0 @1) is the sum over # < n of (sum #1 < @0 of (x @1 # #1))
(declare-fun sum_1 (Int Int Int) Real)
; (sum_2 n @0 @1 @2 @3) is the sum over # < n of (sum #1 < @0 of (x @1 (- (+ @2 #) 0) (- (+ @3 #1) 0)))
(declare-fun sum_2 (Int Int Int Int Int) Real)
(assert (and (<= 1 H) (<= 1 W)))
(assert (=> (and (<= 0 W) (<= 0 H)) (= (sum_1 H W o) (sum_2 H W o (* 0 sy) (* 0 sx)))))
; the negation of the goal
(assert (not (= (/ (sum_1 H W o) (to_real (* H W))) (/ (sum_2 H W o (* 0 sy) (* 0 sx)) (to_real (* H W))))))
(set-info :status unsat)
(check-sat)
