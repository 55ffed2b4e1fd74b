; repeated-term: none
; A sum of n equal terms is n times the term.
; from: finite sums
(set-logic QF_UFNIRA)
(declare-fun a () Real)
; (sum_1 n @0) is the sum over # < n of @0
(declare-fun sum_1 (Int Real) Real)
(assert (= (sum_1 0 a) 0.0))
; the negation of the goal
(assert (not (= (sum_1 0 a) (* (to_real 0) a))))
(set-info :status unsat)
(check-sat)
