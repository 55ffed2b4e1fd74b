; parallel-convolutions-add: term
; Convolutions with one window that are added are one, with the kernels and the biases added.
; from: RepVGG, arXiv 2101.03697, section 3.3; ACNet, arXiv 1908.03930
(set-logic QF_UFNIRA)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun L (Int Int Int Int) Real)
(declare-fun x (Int Int Int) Real)
(declare-fun source (Int Int) Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
; the negation of the goal
(assert (not (= (* (+ (K o c i j) (L o c i j)) (x (source o c) (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px))) (+ (* (K o c i j) (x (source o c) (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px))) (* (L o c i j) (x (source o c) (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px)))))))
(set-info :status unsat)
(check-sat)
