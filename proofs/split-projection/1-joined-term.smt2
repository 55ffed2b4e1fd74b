; split-projection: joined, term
; A projection and its negative in the centre taps project the difference of reserved channels.
; from: relu(x) − relu(−x) = x; CReLU, arXiv 1603.05201
(set-logic QF_UFNIRA)
(declare-fun P (Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
(declare-fun r (Int Int Int) Real)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun C () Int)
; the negation of the goal
(assert (not (= (* (P o c) (- (r c (* p sy) (* q sx)) (r (+ C c) (* p sy) (* q sx)))) (+ (* (P o c) (r c (* p sy) (* q sx))) (* (- (P o c)) (r (+ C c) (* p sy) (* q sx)))))))
(set-info :status unsat)
(check-sat)
