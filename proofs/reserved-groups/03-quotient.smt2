; reserved-groups: quotient
; Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.
; assuming (whole-groups) the reserved channels fill whole groups
; from: arXiv 2111.00687, RMNeXt
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun m () Int)
(declare-fun n () Int)
(declare-fun d () Int)
(assert (<= 1 w))
(assert (<= 0 m))
(assert (< m w))
(assert (= n (+ (* d w) m)))
(assert (=> (<= 1 w) (and (= (+ (* (div n w) w) (mod n w)) n) (<= 0 (mod n w)) (< (mod n w) w))))
(assert (=> (and (<= 0 w) (<= d (div n w))) (<= (* d w) (* (div n w) w))))
(assert (=> (and (<= 0 w) (<= (+ d 1) (div n w))) (<= (* (+ d 1) w) (* (div n w) w))))
(assert (=> (and (<= 0 w) (<= (+ (div n w) 1) d)) (<= (* (+ (div n w) 1) w) (* d w))))
(assert (= (* (+ d 1) w) (+ (* d w) w)))
(assert (= (* (+ (div n w) 1) w) (+ (* (div n w) w) w)))
; the negation of the goal
(assert (not (= (div n w) d)))
(set-info :status unsat)
(check-sat)
