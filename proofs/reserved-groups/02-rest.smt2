; reserved-groups: rest
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun k () Int)
(assert (<= 1 w))
; the negation of the goal
(assert (not (and (= (+ (* (div k w) w) (mod k w)) k) (<= 0 (mod k w)) (< (mod k w) w))))
(set-info :status unsat)
(check-sat)
