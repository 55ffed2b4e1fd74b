; inner-sum: small sizes 1
; A sum inside a convolution may stand outside.
; from: finite sums
; at C=2 kh=1 kw=2 n=2
(set-logic QF_UFNIRA)
(declare-fun F_0_0_0_0 () Real)
(declare-fun F_1_0_0_0 () Real)
(declare-fun F_0_0_0_1 () Real)
(declare-fun F_1_0_0_1 () Real)
(declare-fun F_0_1_0_0 () Real)
(declare-fun F_1_1_0_0 () Real)
(declare-fun F_0_1_0_1 () Real)
(declare-fun F_1_1_0_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ F_0_0_0_0 F_1_0_0_0) (+ F_0_0_0_1 F_1_0_0_1)) (+ (+ F_0_1_0_0 F_1_1_0_0) (+ F_0_1_0_1 F_1_1_0_1))) (+ (+ (+ F_0_0_0_0 F_0_0_0_1) (+ F_0_1_0_0 F_0_1_0_1)) (+ (+ F_1_0_0_0 F_1_0_0_1) (+ F_1_1_0_0 F_1_1_0_1))))))
(set-info :status unsat)
(check-sat)
