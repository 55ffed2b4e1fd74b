; reserved-groups: groups behind, expanded
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
(set-logic QF_UFNIRA)
(declare-fun k () Int)
(declare-fun w () Int)
(declare-fun u () Int)
; the negation of the goal
(assert (not (= (* (- (div k w) u) w) (- (* (div k w) w) (* u w)))))
(set-info :status unsat)
(check-sat)
