; empty-weights: conclusion
; A convolution whose weights are zero is zero.
; from: algebra
(set-logic QF_UFNIRA)
(declare-fun C () Int)
(declare-fun kh () Int)
(declare-fun kw () Int)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
; (sum_2 n) is the sum over # < n of 0.0
(declare-fun sum_2 (Int) Real)
(assert (<= 0 C))
(assert (<= 0 kh))
(assert (<= 0 kw))
(assert (=> (and (<= 0 kh) (<= 0 kw) (<= 0 C)) (= (sum_1 C (sum_1 kh (sum_2 kw))) (sum_2 C))))
(assert (=> (<= 0 C) (= (sum_2 C) 0.0)))
; the negation of the goal
(assert (not (= (sum_1 C (sum_1 kh (sum_2 kw))) 0.0)))
(set-info :status unsat)
(check-sat)
