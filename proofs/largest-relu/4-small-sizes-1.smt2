; largest-relu: small sizes 1
; The largest ReLU is the ReLU of the largest.
; from: ReLU is monotone
; at n=3
(set-logic QF_UFNIRA)
(declare-fun h_0 () Real)
(declare-fun h_1 () Real)
(declare-fun h_2 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (ite (< (ite (< (ite (< h_0 0.0) 0.0 h_0) (ite (< h_1 0.0) 0.0 h_1)) (ite (< h_1 0.0) 0.0 h_1) (ite (< h_0 0.0) 0.0 h_0)) (ite (< h_2 0.0) 0.0 h_2)) (ite (< h_2 0.0) 0.0 h_2) (ite (< (ite (< h_0 0.0) 0.0 h_0) (ite (< h_1 0.0) 0.0 h_1)) (ite (< h_1 0.0) 0.0 h_1) (ite (< h_0 0.0) 0.0 h_0))) (ite (< (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0)) 0.0) 0.0 (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0))))))
(set-info :status unsat)
(check-sat)
