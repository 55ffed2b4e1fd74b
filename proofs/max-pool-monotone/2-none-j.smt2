; max-pool-monotone: none, j
; Larger values have a larger largest.
; assuming (above) at every tap the second tensor is at least the first
; from: the definition of max pooling
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun top () Int)
(declare-fun i () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun left () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
(declare-fun rows () Int)
(declare-fun y (Int Int Int) Real)
(declare-fun columns () Int)
; (max_1 n @0 @1 @2 @3 @4 @5) is the max over # < n of (x @0 @1 (- (+ @2 (* (+ @3 #) @4)) @5))
(declare-fun max_1 (Int Int Int Int Int Int Int) Real)
; (max_2 n @0 @1 @2 @3 @4 @5 @6 @7 @8 @9) is the max over # < n of (max #1 < @0 of (y @1 (- (+ @2 (* (+ @3 #) @4)) @5) (- (+ @6 (* (+ @7 #1) @8)) @9)))
(declare-fun max_2 (Int Int Int Int Int Int Int Int Int Int Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (<= (max_1 0 o (- (+ (* p sy) (* (+ top i) dy)) py) (* q sx) left dx px) (max_2 rows columns o (* p sy) top dy py (* q sx) left dx px)))))
(set-info :status unsat)
(check-sat)
