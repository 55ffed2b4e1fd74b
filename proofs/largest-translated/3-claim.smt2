; largest-translated: claim
; What is added to every term is added to the largest.
; from: max-plus algebra
(set-logic QF_UFNIRA)
(declare-fun n () Int)
(declare-fun h (Int) Real)
(declare-fun b () Real)
; (max_1 n @0) is the max over # < n of (+ (h #) @0)
(declare-fun max_1 (Int Real) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
(assert (<= 1 n))
(assert (=> (<= 0 n) (=> (<= 1 n) (= (max_1 n b) (+ (max_2 n) b)))))
; the negation of the goal
(assert (not (= (max_1 n b) (+ (max_2 n) b))))
(set-info :status unsat)
(check-sat)
