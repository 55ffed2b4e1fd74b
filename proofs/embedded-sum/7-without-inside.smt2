; embedded-sum: without inside
; A sum that is zero before a and from a + k on is the sum of the k terms between.
; assuming (inside) the terms end within the longer sum
; from: lemma of the block-diagonal and zero-padded kernels
; at n=1 a=0 k=2
(set-logic QF_UFNIRA)
(declare-fun h_0 () Real)
(declare-fun h_1 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= h_0 (+ h_0 h_1))))
(set-info :status sat)
(check-sat)
