; largest-translated: base
; What is added to every term is added to the largest.
; from: max-plus algebra
(set-logic QF_UFNIRA)
(declare-fun h (Int) Real)
(declare-fun b () Real)
; (max_1 n @0) is the max over # < n of (+ (h #) @0)
(declare-fun max_1 (Int Real) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (= (max_1 0 b) (+ (max_2 0) b)))))
(set-info :status unsat)
(check-sat)
