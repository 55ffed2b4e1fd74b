; swapped-triple-sums: channels
; A sum of the sums of convolutions is the sum of a convolution of sums.
; from: lemma of the compositions
(set-logic QF_UFNIRA)
(declare-fun M () Int)
(declare-fun C () Int)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun f (Int Int Int Int) Real)
; (sum_1 n @0 @1 @2) is the sum over # < n of (sum #1 < @0 of (sum #2 < @1 of (sum #3 < @2 of (f #1 # #2 #3))))
(declare-fun sum_1 (Int Int Int Int) Real)
; (sum_2 n @0 @1 @2) is the sum over # < n of (sum #1 < @0 of (sum #2 < @1 of (sum #3 < @2 of (f #3 # #1 #2))))
(declare-fun sum_2 (Int Int Int Int) Real)
; (sum_3 n @0 @1 @2) is the sum over # < n of (sum #1 < @0 of (sum #2 < @1 of (sum #3 < @2 of (f # #1 #2 #3))))
(declare-fun sum_3 (Int Int Int Int) Real)
(assert (and (<= 0 M) (<= 0 C) (<= 0 kh) (<= 0 kw)))
(assert (=> (and (and (<= 0 M) (<= 0 kh) (<= 0 kw)) (<= 0 C)) (= (sum_1 C M kh kw) (sum_2 C kh kw M))))
(assert (=> (and (<= 0 C) (<= 0 M)) (= (sum_3 M C kh kw) (sum_1 C M kh kw))))
; the negation of the goal
(assert (not (= (sum_3 M C kh kw) (sum_2 C kh kw M))))
(set-info :status unsat)
(check-sat)
