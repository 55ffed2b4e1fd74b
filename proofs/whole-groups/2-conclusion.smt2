; whole-groups: conclusion
; A channel's group lies within any number of whole groups that the channel lies in.
; assuming (whole-groups) the channels are whole groups
; from: arithmetic
(set-logic QF_UFNIRA)
(declare-fun w () Int)
(declare-fun k () Int)
(declare-fun T () Int)
(declare-fun c () Int)
(declare-fun t () Int)
(assert (<= 1 w))
(assert (and (<= 0 k) (< k T)))
(assert (and (<= 0 c) (< c w)))
(assert (= T (* t w)))
(assert (=> (and (<= 0 w) (<= t (div k w))) (<= (* t w) (* (div k w) w))))
(assert (=> (and (<= 0 w) (<= (+ t 1) (div k w))) (<= (* (+ t 1) w) (* (div k w) w))))
(assert (=> (and (<= 0 w) (<= (+ (div k w) 1) t)) (<= (* (+ (div k w) 1) w) (* t w))))
(assert (= (* (+ t 1) w) (+ (* t w) w)))
(assert (= (* (+ (div k w) 1) w) (+ (* (div k w) w) w)))
(assert (=> (and (<= 0 w) (<= 0 (div k w))) (<= (* 0 w) (* (div k w) w))))
(assert (=> (and (<= 0 w) (<= (+ 0 1) (div k w))) (<= (* (+ 0 1) w) (* (div k w) w))))
(assert (=> (and (<= 0 w) (<= (+ (div k w) 1) 0)) (<= (* (+ (div k w) 1) w) (* 0 w))))
(assert (= (* (+ 0 1) w) (+ (* 0 w) w)))
(assert (= (* (+ (div k w) 1) w) (+ (* (div k w) w) w)))
; the negation of the goal
(assert (not (and (<= 0 (+ (* (div k w) w) c)) (< (+ (* (div k w) w) c) T))))
(set-info :status unsat)
(check-sat)
