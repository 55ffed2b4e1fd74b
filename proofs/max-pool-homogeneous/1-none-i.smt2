; max-pool-homogeneous: none, i
; A factor that is not negative may be taken before max pooling or after it.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun columns () Int)
(declare-fun factor () Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun top () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun left () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
; (max_1 n @0 @1 @2 @3 @4 @5 @6 @7 @8 @9 @10) is the max over # < n of (max #1 < @0 of (* @1 (x @2 (- (+ @3 (* (+ @4 #) @5)) @6) (- (+ @7 (* (+ @8 #1) @9)) @10))))
(declare-fun max_1 (Int Int Real Int Int Int Int Int Int Int Int Int) Real)
; (max_2 n @0 @1 @2 @3 @4 @5 @6 @7 @8 @9 @10) is the max over # < n of (* @0 (max #1 < @1 of (x @2 (- (+ @3 (* (+ @4 #) @5)) @6) (- (+ @7 (* (+ @8 #1) @9)) @10))))
(declare-fun max_2 (Int Real Int Int Int Int Int Int Int Int Int Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (= (max_1 0 columns factor o (* p sy) top dy py (* q sx) left dx px) (max_2 0 factor columns o (* p sy) top dy py (* q sx) left dx px)))))
(set-info :status unsat)
(check-sat)
