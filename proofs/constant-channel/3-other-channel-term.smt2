; constant-channel: other channel, term
; A constant channel goes into the bias of the convolution that reads it.
; assuming (interior-or-zero) the window lies inside the image, or the constant is zero
; from: converter bug 10; channel pruning
(set-logic QF_UFNIRA)
(declare-fun c () Int)
(declare-fun d () Int)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun k () Real)
(assert (not (= c d)))
; the negation of the goal
(assert (not (= (ite (= c d) (* (K o c i j) k) 0.0) 0.0)))
(set-info :status unsat)
(check-sat)
