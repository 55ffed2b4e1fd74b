; swapped-triple-sums: small sizes 1
; A sum of the sums of convolutions is the sum of a convolution of sums.
; from: lemma of the compositions
; at M=2 C=2 kh=2 kw=1
(set-logic QF_UFNIRA)
(declare-fun f_0_0_0_0 () Real)
(declare-fun f_0_0_1_0 () Real)
(declare-fun f_0_1_0_0 () Real)
(declare-fun f_0_1_1_0 () Real)
(declare-fun f_1_0_0_0 () Real)
(declare-fun f_1_0_1_0 () Real)
(declare-fun f_1_1_0_0 () Real)
(declare-fun f_1_1_1_0 () Real)
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ (+ (+ f_0_0_0_0 f_0_0_1_0) (+ f_0_1_0_0 f_0_1_1_0)) (+ (+ f_1_0_0_0 f_1_0_1_0) (+ f_1_1_0_0 f_1_1_1_0))) (+ (+ (+ f_0_0_0_0 f_1_0_0_0) (+ f_0_0_1_0 f_1_0_1_0)) (+ (+ f_0_1_0_0 f_1_1_0_0) (+ f_0_1_1_0 f_1_1_1_0))))))
(set-info :status unsat)
(check-sat)
