; embedded-sum: small sizes 1, satisfiable
; A sum that is zero before a and from a + k on is the sum of the k terms between.
; assuming (inside) the terms end within the longer sum
; from: lemma of the block-diagonal and zero-padded kernels
; at n=4 a=1 k=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
