; average-pool-as-convolution: reciprocal
; Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).
; from: arXiv 2103.13425, average pooling as convolution
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun r () Real)
(declare-fun s () Real)
(declare-fun t () Real)
(assert (<= 1.0 v))
(assert (= (* v r) 1.0))
(assert (<= 1.0 v))
(assert (= (* v s) t))
; the negation of the goal
(assert (not (= (* r t) s)))
(set-info :status unsat)
(check-sat)
