; swapped-plane-sums: small sizes 1, satisfiable
; A sum of sums over rows and columns is a sum over rows and columns of sums.
; from: lemma of the compositions
; at M=2 kh=2 kw=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
