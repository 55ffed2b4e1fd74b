; all-below: without all
; Where the exceptions below n add up to zero, no index below n is one.
; assuming (all) the exceptions add up to zero
; from: how statements here say "for every channel"
; at n=3 j=1
(set-logic QF_UFNIRA)
(declare-fun phi_1 () Bool)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not phi_1))
(set-info :status sat)
(check-sat)
