; below-largest: small sizes 1
; No term is above the largest.
; from: the definition of the largest
; at n=3 j=1
(set-logic QF_UFNIRA)
(declare-fun h_1 () Real)
(declare-fun h_0 () Real)
(declare-fun h_2 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (<= h_1 (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0)))))
(set-info :status unsat)
(check-sat)
