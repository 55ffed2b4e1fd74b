; whole-groups: small sizes 1, satisfiable
; A channel's group lies within any number of whole groups that the channel lies in.
; assuming (whole-groups) the channels are whole groups
; from: arithmetic
; at T=4 t=2 w=2 k=3 c=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
