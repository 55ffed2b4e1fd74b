; largest-equal-step: without so-far
; Where the largest of m terms are equal and the next are, the largest of m + 1 are.
; assuming (so-far) equality of the first m
; assuming (next) equality of the next
; from: induction on the number of terms
; at m=2
(set-logic QF_UFNIRA)
(declare-fun h_2 () Real)
(declare-fun g_2 () Real)
(declare-fun h_0 () Real)
(declare-fun h_1 () Real)
(declare-fun g_0 () Real)
(declare-fun g_1 () Real)
(assert (= 0.0 0.0))
(assert (= h_2 g_2))
; the negation of the goal
(assert (not (= (ite (< (ite (< h_0 h_1) h_1 h_0) h_2) h_2 (ite (< h_0 h_1) h_1 h_0)) (ite (< (ite (< g_0 g_1) g_1 g_0) g_2) g_2 (ite (< g_0 g_1) g_1 g_0)))))
(set-info :status sat)
(check-sat)
