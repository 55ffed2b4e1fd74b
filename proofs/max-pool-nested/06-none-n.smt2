; max-pool-nested: none, n
; Max pooling of k×k, stride 1, and then of l×l is max pooling of k + l − 1, with the stride of the second.
; from: SPPF, a chain of pools for one
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun m () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun lh () Int)
(declare-fun lw () Int)
; (max_1 n @0 @1 @2 @3 @4) is the max over # < n of (max #1 < @0 of (max #2 < @1 of (x @2 (- (+ @3 (* (+ 0 #1) 1)) 0) (- (+ (* (- (+ @4 (* (+ 0 #) 1)) 0) 1) (* (+ 0 #2) 1)) 0))))
(declare-fun max_1 (Int Int Int Int Int Int) Real)
; (max_2 n @0 @1 @2 @3) is the max over # < n of (max #1 < @0 of (x @1 (- (+ @2 (* (+ 0 #) 1)) 0) (- (+ @3 (* (+ 0 #1) 1)) 0)))
(declare-fun max_2 (Int Int Int Int Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (<= (max_1 0 kh kw o (* (- (+ (* p sy) (* (+ 0 m) 1)) 0) 1) (* q sx)) (max_2 (- (+ kh lh) 1) (- (+ kw lw) 1) o (* p sy) (* q sx))))))
(set-info :status unsat)
(check-sat)
