; swapped-plane-sums: small sizes 1
; A sum of sums over rows and columns is a sum over rows and columns of sums.
; from: lemma of the compositions
; at M=2 kh=2 kw=2
(set-logic QF_UFNIRA)
(declare-fun g_0_0_0 () Real)
(declare-fun g_0_0_1 () Real)
(declare-fun g_0_1_0 () Real)
(declare-fun g_0_1_1 () Real)
(declare-fun g_1_0_0 () Real)
(declare-fun g_1_0_1 () Real)
(declare-fun g_1_1_0 () Real)
(declare-fun g_1_1_1 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ g_0_0_0 g_0_0_1) (+ g_0_1_0 g_0_1_1)) (+ (+ g_1_0_0 g_1_0_1) (+ g_1_1_0 g_1_1_1))) (+ (+ (+ g_0_0_0 g_1_0_0) (+ g_0_0_1 g_1_0_1)) (+ (+ g_0_1_0 g_1_1_0) (+ g_0_1_1 g_1_1_1))))))
(set-info :status unsat)
(check-sat)
