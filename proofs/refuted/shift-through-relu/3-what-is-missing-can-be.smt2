; shift-through-relu: what is missing can be
; A bias may be moved through a ReLU.
; from: swapping an activation and a batch norm
; missing: (both-active) the ReLU is the identity on the value, with and without the bias
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun c () Real)
(assert (and (<= 0.0 t) (<= 0.0 (+ t c))))
(set-info :status sat)
(check-sat)
