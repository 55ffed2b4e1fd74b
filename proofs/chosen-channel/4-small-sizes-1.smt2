; chosen-channel: small sizes 1
; A channel that is one thing or another, whatever the tap, is the one convolution or the other.
; from: algebra
; at C=2 kh=1 kw=2
(set-logic QF_UFNIRA)
(declare-fun P () Bool)
(declare-fun f_0_0_0 () Real)
(declare-fun g_0_0_0 () Real)
(declare-fun f_0_0_1 () Real)
(declare-fun g_0_0_1 () Real)
(declare-fun f_1_0_0 () Real)
(declare-fun g_1_0_0 () Real)
(declare-fun f_1_0_1 () Real)
(declare-fun g_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (ite P f_0_0_0 g_0_0_0) (ite P f_0_0_1 g_0_0_1)) (+ (ite P f_1_0_0 g_1_0_0) (ite P f_1_0_1 g_1_0_1))) (ite P (+ (+ f_0_0_0 f_0_0_1) (+ f_1_0_0 f_1_0_1)) (+ (+ g_0_0_0 g_0_0_1) (+ g_1_0_0 g_1_0_1))))))
(set-info :status unsat)
(check-sat)
