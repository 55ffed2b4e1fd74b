; swapped-plane-sums: rows
; A sum of sums over rows and columns is a sum over rows and columns of sums.
; from: lemma of the compositions
(set-logic QF_UFNIRA)
(declare-fun M () Int)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun g (Int Int Int) Real)
; (sum_1 n @0 @1) is the sum over # < n of (sum #1 < @0 of (sum #2 < @1 of (g #1 # #2)))
(declare-fun sum_1 (Int Int Int) Real)
; (sum_2 n @0 @1) is the sum over # < n of (sum #1 < @0 of (sum #2 < @1 of (g #2 # #1)))
(declare-fun sum_2 (Int Int Int) Real)
; (sum_3 n @0 @1) is the sum over # < n of (sum #1 < @0 of (sum #2 < @1 of (g # #1 #2)))
(declare-fun sum_3 (Int Int Int) Real)
(assert (and (<= 0 M) (<= 0 kh) (<= 0 kw)))
(assert (=> (and (<= 0 kw) (<= 0 M) (<= 0 kh)) (= (sum_1 kh M kw) (sum_2 kh kw M))))
(assert (=> (and (<= 0 kh) (<= 0 M)) (= (sum_3 M kh kw) (sum_1 kh M kw))))
; the negation of the goal
(assert (not (= (sum_3 M kh kw) (sum_2 kh kw M))))
(set-info :status unsat)
(check-sat)
