; whole-groups: one more group
; A channel's group lies within any number of whole groups that the channel lies in.
; assuming (whole-groups) the channels are whole groups
; from: arithmetic
(set-logic QF_UFNIRA)
(declare-fun d () Int)
(declare-fun w () Int)
; the negation of the goal
(assert (not (= (* (+ d 1) w) (+ (* d w) w))))
(set-info :status unsat)
(check-sat)
