; swapped-triple-sums: small sizes 1, satisfiable
; A sum of the sums of convolutions is the sum of a convolution of sums.
; from: lemma of the compositions
; at M=2 C=2 kh=2 kw=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
