; hard-swish-negated: satisfiable
; Hard swish of −t is hard swish of t, less t, where β is one half.
; assuming (half) β is one half
; from: arXiv 1905.02244
(set-logic QF_UFNIRA)
(declare-fun beta () Real)
(assert (= beta (/ 1.0 2.0)))
(set-info :status sat)
(check-sat)
