; constant-channel: channel
; A constant channel goes into the bias of the convolution that reads it.
; assuming (interior-or-zero) the window lies inside the image, or the constant is zero
; from: converter bug 10; channel pruning
(set-logic QF_UFNIRA)
(declare-fun C () Int)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun c () Int)
(declare-fun d () Int)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun k () Real)
; (sum_1 n @0 @1 @2 @3 @4) is the sum over # < n of (sum #1 < @0 of (ite @1 (* (K @2 @3 # #1) @4) 0.0))
(declare-fun sum_1 (Int Int Bool Int Int Real) Real)
; (sum_2 n @0 @1 @2 @3) is the sum over # < n of (sum #1 < @0 of (* (K @1 @2 # #1) @3))
(declare-fun sum_2 (Int Int Int Int Real) Real)
; (sum_3 n @0) is the sum over # < n of @0
(declare-fun sum_3 (Int Real) Real)
; (sum_4 n) is the sum over # < n of 0.0
(declare-fun sum_4 (Int) Real)
(assert (and (<= 0 C) (<= 0 kh) (<= 0 kw)))
(assert (=> (and (= c d) (<= 0 kw) (<= 0 kh)) (= (sum_1 kh kw (= c d) o c k) (sum_2 kh kw o c k))))
(assert (=> (and (not (= c d)) (<= 0 kw) (<= 0 kh)) (= (sum_1 kh kw (= c d) o c k) (sum_3 kh (sum_4 kw)))))
(assert (=> (and (<= 0 kw) (<= 0 kh)) (= (sum_3 kh (sum_4 kw)) (sum_4 kh))))
(assert (=> (<= 0 kh) (= (sum_4 kh) 0.0)))
; the negation of the goal
(assert (not (= (sum_1 kh kw (= c d) o c k) (ite (= c d) (sum_2 kh kw o c k) 0.0))))
(set-info :status unsat)
(check-sat)
