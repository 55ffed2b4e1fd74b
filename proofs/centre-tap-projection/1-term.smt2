; centre-tap-projection: term
; A kernel with nothing but its centre tap is a 1×1 convolution of the same stride.
; assuming (centred) the padding is what the centre of the kernel reaches back
; from: rm-blocks, BasicBlock with projection
(set-logic QF_UFNIRA)
(declare-fun i () Int)
(declare-fun ci () Int)
(declare-fun j () Int)
(declare-fun cj () Int)
(declare-fun V (Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
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
(declare-fun x (Int Int Int) Real)
; the negation of the goal
(assert (not (= (* (* (ite (and (= i ci) (= j cj)) 1.0 0.0) (V o c)) (ite (and (and (<= 0 (- (+ (* p sy) (* i dy)) py)) (< (- (+ (* p sy) (* i dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px)) 0.0)) (ite (= j cj) (ite (= i ci) (* (V o c) (ite (and (and (<= 0 (- (+ (* p sy) (* i dy)) py)) (< (- (+ (* p sy) (* i dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px)) 0.0)) 0.0) 0.0))))
(set-info :status unsat)
(check-sat)
