; max-pool-nested: none, j
; Max pooling of k×k, stride 1, and then of l×l is max pooling of k + l − 1, with the stride of the second.
; from: SPPF, a chain of pools for one
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun i () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun lh () Int)
(declare-fun lw () Int)
(declare-fun kh () Int)
(declare-fun kw () Int)
; (max_1 n @0 @1 @2) is the max over # < n of (x @0 @1 (- (+ @2 (* (+ 0 #) 1)) 0))
(declare-fun max_1 (Int Int Int Int) Real)
; (max_2 n @0 @1 @2 @3 @4 @5) is the max over # < n of (max #1 < @0 of (max #2 < @1 of (max #3 < @2 of (x @3 (- (+ (* (- (+ @4 (* (+ 0 #) 1)) 0) 1) (* (+ 0 #2) 1)) 0) (- (+ (* (- (+ @5 (* (+ 0 #1) 1)) 0) 1) (* (+ 0 #3) 1)) 0)))))
(declare-fun max_2 (Int Int Int Int Int Int Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (<= (max_1 0 o (- (+ (* p sy) (* (+ 0 i) 1)) 0) (* q sx)) (max_2 lh lw kh kw o (* p sy) (* q sx))))))
(set-info :status unsat)
(check-sat)
