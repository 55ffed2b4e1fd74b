; pointwise-convolution: a sum of one term
; A 1×1 convolution without padding is a matrix at every pixel its stride keeps.
; from: definition of the convolution
(set-logic QF_UFNIRA)
(declare-fun h (Int) Real)
; (sum_1 n) is the sum over # < n of (h #)
(declare-fun sum_1 (Int) Real)
(assert (= (sum_1 0) 0.0))
(assert (=> (<= 0 0) (= (sum_1 (+ 0 1)) (+ (sum_1 0) (h 0)))))
; the negation of the goal
(assert (not (= (sum_1 1) (h 0))))
(set-info :status unsat)
(check-sat)
