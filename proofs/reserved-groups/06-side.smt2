; reserved-groups: side
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun R () Int)
(declare-fun u () Int)
(declare-fun k () Int)
(assert (<= 1 w))
(assert (= R (* u w)))
(assert (=> (<= 1 w) (and (= (+ (* (div k w) w) (mod k w)) k) (<= 0 (mod k w)) (< (mod k w) w))))
(assert (=> (and (<= 0 w) (<= u (div k w))) (<= (* u w) (* (div k w) w))))
(assert (=> (and (<= 0 w) (<= (+ u 1) (div k w))) (<= (* (+ u 1) w) (* (div k w) w))))
(assert (=> (and (<= 0 w) (<= (+ (div k w) 1) u)) (<= (* (+ (div k w) 1) w) (* u w))))
(assert (= (* (+ u 1) w) (+ (* u w) w)))
(assert (= (* (+ (div k w) 1) w) (+ (* (div k w) w) w)))
; the negation of the goal
(assert (not (ite (< k R) (<= (+ (* (div k w) w) w) R) (<= R (* (div k w) w)))))
(set-info :status unsat)
(check-sat)
