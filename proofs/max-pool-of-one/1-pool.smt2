; max-pool-of-one: pool
; Max pooling with a window of one pixel is the identity, subsampled by its stride.
; from: the definition of max pooling
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
; (max_1 n @0 @1 @2 @3 @4) is the max over # < n of (max #1 < 1 of (x @0 (- (+ @1 (* (+ 0 #) @2)) 0) (- (+ @3 (* (+ 0 #1) @4)) 0)))
(declare-fun max_1 (Int Int Int Int Int Int) Real)
; (max_2 n @0 @1 @2 @3) is the max over # < n of (x @0 @1 (- (+ @2 (* (+ 0 #) @3)) 0))
(declare-fun max_2 (Int Int Int Int Int) Real)
(assert (= (max_1 1 o (* p sy) dy (* q sx) dx) (max_2 1 o (- (+ (* p sy) (* (+ 0 0) dy)) 0) (* q sx) dx)))
(assert (= (max_2 1 o (- (+ (* p sy) (* (+ 0 0) dy)) 0) (* q sx) dx) (x o (- (+ (* p sy) (* (+ 0 0) dy)) 0) (- (+ (* q sx) (* (+ 0 0) dx)) 0))))
; the negation of the goal
(assert (not (= (max_1 1 o (* p sy) dy (* q sx) dx) (x o (* p sy) (* q sx)))))
(set-info :status unsat)
(check-sat)
