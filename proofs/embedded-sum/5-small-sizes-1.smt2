; embedded-sum: small sizes 1
; A sum that is zero before a and from a + k on is the sum of the k terms between.
; assuming (inside) the terms end within the longer sum
; from: lemma of the block-diagonal and zero-padded kernels
; at n=4 a=1 k=2
(set-logic QF_UFNIRA)
(declare-fun h_0 () Real)
(declare-fun h_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (+ 0.0 h_0 h_1 0.0) (+ h_0 h_1))))
(set-info :status unsat)
(check-sat)
