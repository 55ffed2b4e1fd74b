; average-pool-at-the-border: there are taps
; An average that does not count padding is one that does, times kh·kw/(rows·columns).
; from: ONNX AveragePool, count_include_pad
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(assert (and (<= 1 kh) (<= 1 kw)))
; the negation of the goal
(assert (not (<= 1.0 (to_real (* kh kw)))))
(set-info :status unsat)
(check-sat)
