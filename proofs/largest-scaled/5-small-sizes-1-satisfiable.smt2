; largest-scaled: small sizes 1, satisfiable
; A factor that is not negative scales the largest.
; assuming (non-negative) the factor is not negative
; from: positive homogeneity
; at n=3
(set-logic QF_UFNIRA)
(declare-fun factor () Real)
(assert (= 0.0 0.0))
(assert (<= 0.0 factor))
(set-info :status sat)
(check-sat)
