; convolution-after-pointwise: a stride of one
; A 1×1 convolution without bias and a convolution of what it writes are one convolution.
; from: Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual
(set-logic QF_UFNIRA)
(declare-fun V (Int Int) Real)
(declare-fun m () Int)
(declare-fun c () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun i () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun H () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun j () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
(declare-fun W () Int)
(declare-fun x (Int Int Int) Real)
; the negation of the goal
(assert (not (= (* (V m c) (ite (and (and (<= 0 (* (- (+ (* p sy) (* i dy)) py) 1)) (< (* (- (+ (* p sy) (* i dy)) py) 1) H)) (and (<= 0 (* (- (+ (* q sx) (* j dx)) px) 1)) (< (* (- (+ (* q sx) (* j dx)) px) 1) W))) (x c (* (- (+ (* p sy) (* i dy)) py) 1) (* (- (+ (* q sx) (* j dx)) px) 1)) 0.0)) (* (V m c) (ite (and (and (<= 0 (- (+ (* p sy) (* i dy)) py)) (< (- (+ (* p sy) (* i dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px)) 0.0)))))
(set-info :status unsat)
(check-sat)
