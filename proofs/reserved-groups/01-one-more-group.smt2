; reserved-groups: one more group
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
(set-logic QF_UFNIRA)
(declare-fun d () Int)
(declare-fun w () Int)
; the negation of the goal
(assert (not (= (* (+ d 1) w) (+ (* d w) w))))
(set-info :status unsat)
(check-sat)
