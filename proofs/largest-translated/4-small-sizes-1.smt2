; largest-translated: small sizes 1
; What is added to every term is added to the largest.
; from: max-plus algebra
; at n=3
(set-logic QF_UFNIRA)
(declare-fun h_0 () Real)
(declare-fun b () Real)
(declare-fun h_1 () Real)
(declare-fun h_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (ite (< (+ h_0 b) (+ h_1 b)) (+ h_1 b) (+ h_0 b)) (+ h_2 b)) (+ h_2 b) (ite (< (+ h_0 b) (+ h_1 b)) (+ h_1 b) (+ h_0 b))) (+ (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0)) b))))
(set-info :status unsat)
(check-sat)
