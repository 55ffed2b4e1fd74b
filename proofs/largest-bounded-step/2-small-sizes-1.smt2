; largest-bounded-step: small sizes 1
; A bound of the largest of m terms and of the next is one of the largest of m + 1.
; assuming (so-far) b is a bound of the first m
; assuming (next) b is a bound of the next
; from: induction on the number of terms
; at m=2
(set-logic QF_UFNIRA)
(declare-fun h_0 () Real)
(declare-fun h_1 () Real)
(declare-fun b () Real)
(declare-fun h_2 () Real)
(assert (= 0.0 0.0))
(assert (<= (ite (< h_0 h_1) h_1 h_0) b))
(assert (<= h_2 b))
; the negation of the goal
(assert (not (<= (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0)) b)))
(set-info :status unsat)
(check-sat)
