; largest-relu: small sizes 1, satisfiable
; The largest ReLU is the ReLU of the largest.
; from: ReLU is monotone
; at n=3
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
