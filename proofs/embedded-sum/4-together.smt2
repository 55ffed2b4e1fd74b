; embedded-sum: together
; A sum that is zero before a and from a + k on is the sum of the k terms between.
; assuming (inside) the terms end within the longer sum
; from: lemma of the block-diagonal and zero-padded kernels
(set-logic QF_UFNIRA)
(declare-fun a () Int)
(declare-fun k () Int)
(declare-fun n () Int)
(declare-fun h (Int) Real)
; (sum_1 n @0 @1) is the sum over # < n of (ite (and (<= @0 #) (< # @1)) (h (- # @0)) 0.0)
(declare-fun sum_1 (Int Int Int) Real)
; (sum_2 n) is the sum over # < n of 0.0
(declare-fun sum_2 (Int) Real)
; (sum_3 n @0 @1) is the sum over # < n of (ite (and (<= @0 (+ @0 #)) (< (+ @0 #) @1)) (h (- (+ @0 #) @0)) 0.0)
(declare-fun sum_3 (Int Int Int) Real)
; (sum_4 n) is the sum over # < n of (h #)
(declare-fun sum_4 (Int) Real)
; (sum_5 n @0 @1 @2) is the sum over # < n of (ite (and (<= @0 (+ @0 (+ @1 #))) (< (+ @0 (+ @1 #)) @2)) (h (- (+ @0 (+ @1 #)) @0)) 0.0)
(declare-fun sum_5 (Int Int Int Int) Real)
(assert (<= 0 a))
(assert (<= 0 k))
(assert (<= (+ a k) n))
(assert (=> (and (<= 0 k) (<= 0 a)) (= (sum_1 a a (+ a k)) (sum_2 a))))
(assert (=> (<= 0 k) (= (sum_3 k a (+ a k)) (sum_4 k))))
(assert (=> (and (<= 0 k) (<= 0 (- (- n a) k))) (= (sum_5 (- (- n a) k) a k (+ a k)) (sum_2 (- (- n a) k)))))
(assert (=> (and (<= 0 a) (<= 0 (- n a))) (= (sum_1 (+ a (- n a)) a (+ a k)) (+ (sum_1 a a (+ a k)) (sum_3 (- n a) a (+ a k))))))
(assert (=> (and (<= 0 k) (<= 0 (- (- n a) k))) (= (sum_3 (+ k (- (- n a) k)) a (+ a k)) (+ (sum_3 k a (+ a k)) (sum_5 (- (- n a) k) a k (+ a k))))))
(assert (=> (<= 0 a) (= (sum_2 a) 0.0)))
(assert (=> (<= 0 (- (- n a) k)) (= (sum_2 (- (- n a) k)) 0.0)))
; the negation of the goal
(assert (not (= (sum_1 n a (+ a k)) (sum_4 k))))
(set-info :status unsat)
(check-sat)
