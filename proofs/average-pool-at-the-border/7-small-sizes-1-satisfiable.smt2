; average-pool-at-the-border: small sizes 1, satisfiable
; An average that does not count padding is one that does, times kh·kw/(rows·columns).
; from: ONNX AveragePool, count_include_pad
; at C=2 H=3 W=2 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1 rows=1 columns=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
