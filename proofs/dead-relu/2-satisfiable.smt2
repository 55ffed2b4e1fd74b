; dead-relu: satisfiable
; ReLU of a value that is not positive is zero.
; assuming (non-positive) the value is not positive
; from: the definition of ReLU
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(assert (<= t 0.0))
(set-info :status sat)
(check-sat)
