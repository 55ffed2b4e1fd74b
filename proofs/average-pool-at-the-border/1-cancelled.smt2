; average-pool-at-the-border: cancelled
; An average that does not count padding is one that does, times kh·kw/(rows·columns).
; from: ONNX AveragePool, count_include_pad
(set-logic QF_UFNIRA)
(declare-fun w () Real)
(declare-fun r () Real)
(declare-fun v () Real)
(declare-fun s () Real)
(declare-fun t () Real)
(declare-fun u () Real)
(assert (<= 1.0 w))
(assert (= (* w r) v))
(assert (<= 1.0 v))
(assert (= (* v s) t))
(assert (<= 1.0 w))
(assert (= (* w u) t))
; the negation of the goal
(assert (not (= u (* s r))))
(set-info :status unsat)
(check-sat)
