; average-pool-as-convolution: quotient
; Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).
; from: arXiv 2103.13425, average pooling as convolution
(set-logic QF_UFNIRA)
(declare-fun v () Real)
(declare-fun t () Real)
(assert (<= 1.0 v))
; the negation of the goal
(assert (not (= (* v (/ t v)) t)))
(set-info :status unsat)
(check-sat)
