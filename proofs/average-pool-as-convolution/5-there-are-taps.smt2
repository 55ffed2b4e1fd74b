; average-pool-as-convolution: there are taps
; Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).
; from: arXiv 2103.13425, average pooling as convolution
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(assert (and (<= 1 kh) (<= 1 kw)))
; the negation of the goal
(assert (not (<= 1.0 (to_real (* kh kw)))))
(set-info :status unsat)
(check-sat)
