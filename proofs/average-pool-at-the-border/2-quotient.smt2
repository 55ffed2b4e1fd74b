; average-pool-at-the-border: quotient
; An average that does not count padding is one that does, times kh·kw/(rows·columns).
; from: ONNX AveragePool, count_include_pad
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun t () Real)
(assert (<= 1.0 v))
; the negation of the goal
(assert (not (= (* v (/ t v)) t)))
(set-info :status unsat)
(check-sat)
