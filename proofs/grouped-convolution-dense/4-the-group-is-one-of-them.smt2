; grouped-convolution-dense: the group is one of them
; A grouped convolution is a dense one with block-diagonal weights.
; from: rm-blocks, RMNeXt and Bottleneck; converter bug 12
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun a () Int)
(declare-fun g () Int)
(assert (and (<= 0 w) (<= 0 kh) (<= 0 kw)))
(assert (and (<= 0 a) (< a g)))
; the negation of the goal
(assert (not (and (<= 0 (* a w)) (<= (+ (* a w) w) (* g w)))))
(set-info :status unsat)
(check-sat)
