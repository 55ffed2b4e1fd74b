; fold-batch-norm-before: term
; A batch norm before a convolution folds into it where the window does not reach the border.
; assuming (interior) the window lies inside the image
; from: converter bug 7; pre-activation blocks
(set-logic QF_UFNIRA)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun H () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
(declare-fun W () Int)
(declare-fun gamma (Int) Real)
(declare-fun r (Int) Real)
(declare-fun x (Int Int Int) Real)
(declare-fun mean (Int) Real)
(declare-fun beta (Int) Real)
; the negation of the goal
(assert (not (= (* (K o c i j) (ite (and (and (<= 0 (- (+ (* p sy) (* i dy)) py)) (< (- (+ (* p sy) (* i dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (+ (* (* (gamma c) (r c)) (- (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px)) (mean c))) (beta c)) 0.0)) (* (K o c i j) (ite (and (and (<= 0 (- (+ (* p sy) (* i dy)) py)) (< (- (+ (* p sy) (* i dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (+ (* (* (gamma c) (r c)) (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px))) (- (beta c) (* (* (gamma c) (r c)) (mean c)))) 0.0)))))
(set-info :status unsat)
(check-sat)
