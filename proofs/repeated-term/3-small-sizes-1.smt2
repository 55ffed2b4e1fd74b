; repeated-term: small sizes 1
; A sum of n equal terms is n times the term.
; from: finite sums
; at n=3
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ a a a) (* 3.0 a))))
(set-info :status unsat)
(check-sat)
