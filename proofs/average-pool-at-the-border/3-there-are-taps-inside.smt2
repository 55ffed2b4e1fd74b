; average-pool-at-the-border: there are taps inside
; An average that does not count padding is one that does, times kh·kw/(rows·columns).
; from: ONNX AveragePool, count_include_pad
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun rows () Int)
(declare-fun columns () Int)
(assert (and (<= 1 kh) (<= 1 kw)))
(assert (and (<= 1 rows) (<= 1 columns)))
; the negation of the goal
(assert (not (<= 1.0 (to_real (* rows columns)))))
(set-info :status unsat)
(check-sat)
