; relu-additive: what is missing can be
; The ReLU of a sum is the sum of the ReLUs.
; from: merging branches behind their activations
; missing: (non-negative) neither summand is negative
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun u () Real)
(assert (and (<= 0.0 t) (<= 0.0 u)))
(set-info :status sat)
(check-sat)
