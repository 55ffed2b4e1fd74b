; largest-scaled: claim
; A factor that is not negative scales the largest.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
(set-logic QF_UFNIRA)
(declare-fun n () Int)
(declare-fun factor () Real)
(declare-fun h (Int) Real)
; (max_1 n @0) is the max over # < n of (* @0 (h #))
(declare-fun max_1 (Int Real) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
(assert (<= 1 n))
(assert (<= 0.0 factor))
(assert (=> (and (<= 0.0 factor) (<= 0 n)) (=> (<= 1 n) (= (max_1 n factor) (* factor (max_2 n))))))
; the negation of the goal
(assert (not (= (max_1 n factor) (* factor (max_2 n)))))
(set-info :status unsat)
(check-sat)
