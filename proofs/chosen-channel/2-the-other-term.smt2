; chosen-channel: the other, term
; A channel that is one thing or another, whatever the tap, is the one convolution or the other.
; from: algebra
(set-logic QF_UFNIRA)
(declare-fun P () Bool)
(declare-fun c () Int)
(declare-fun C () Int)
(declare-fun i () Int)
(declare-fun kh () Int)
(declare-fun j () Int)
(declare-fun kw () Int)
(declare-fun f (Int Int Int) Real)
(declare-fun g (Int Int Int) Real)
(assert (not P))
(assert (<= 0 c))
(assert (< c C))
(assert (<= 0 i))
(assert (< i kh))
(assert (<= 0 j))
(assert (< j kw))
; the negation of the goal
(assert (not (= (ite P (f c i j) (g c i j)) (g c i j))))
(set-info :status unsat)
(check-sat)
