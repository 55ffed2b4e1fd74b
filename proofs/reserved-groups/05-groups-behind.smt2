; reserved-groups: groups behind
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
(assert (=> (and (<= 1 w) (<= 0 (mod k w)) (< (mod k w) w) (= (- k R) (+ (* (- (div k w) u) w) (mod k w)))) (= (div (- k R) w) (- (div k w) u))))
(assert (=> (<= 1 w) (and (= (+ (* (div k w) w) (mod k w)) k) (<= 0 (mod k w)) (< (mod k w) w))))
(assert (= (* (- (div k w) u) w) (- (* (div k w) w) (* u w))))
; the negation of the goal
(assert (not (= (* (div (- k R) w) w) (- (* (div k w) w) R))))
(set-info :status unsat)
(check-sat)
