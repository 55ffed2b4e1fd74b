; max-pool-nested: none, i
; Max pooling of k×k, stride 1, and then of l×l is max pooling of k + l − 1, with the stride of the second.
; from: SPPF, a chain of pools for one
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun kw () Int)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun m () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun n () Int)
(declare-fun kh () Int)
(declare-fun lh () Int)
(declare-fun lw () Int)
; (max_1 n @0 @1 @2 @3) is the max over # < n of (max #1 < @0 of (x @1 (- (+ @2 (* (+ 0 #) 1)) 0) (- (+ @3 (* (+ 0 #1) 1)) 0)))
(declare-fun max_1 (Int Int Int Int Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (<= (max_1 0 kw o (* (- (+ (* p sy) (* (+ 0 m) 1)) 0) 1) (* (- (+ (* q sx) (* (+ 0 n) 1)) 0) 1)) (max_1 (- (+ kh lh) 1) (- (+ kw lw) 1) o (* p sy) (* q sx))))))
(set-info :status unsat)
(check-sat)
