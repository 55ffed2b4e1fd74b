; embedded-kernel: row of the kernel, term
; A kernel with zeros around it is the kernel, where the padding grows by as many taps.
; assuming (padding-grown) the padding is larger by the taps before the kernel
; from: rm-blocks, RepVGG, ACNet, RepLKNet
(set-logic QF_UFNIRA)
(declare-fun a () Int)
(declare-fun i () Int)
(declare-fun kh () Int)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
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
(declare-fun x (Int Int Int) Real)
(assert (and (<= a i) (< i (+ a kh))))
; the negation of the goal
(assert (not (= (ite (and (<= a i) (< i (+ a kh))) (* (K o c (- i a) j) (ite (and (and (<= 0 (- (+ (* p sy) (* (- i a) dy)) py)) (< (- (+ (* p sy) (* (- i a) dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (x c (- (+ (* p sy) (* (- i a) dy)) py) (- (+ (* q sx) (* j dx)) px)) 0.0)) 0.0) (* (K o c (- i a) j) (ite (and (and (<= 0 (- (+ (* p sy) (* (- i a) dy)) py)) (< (- (+ (* p sy) (* (- i a) dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* j dx)) px)) (< (- (+ (* q sx) (* j dx)) px) W))) (x c (- (+ (* p sy) (* (- i a) dy)) py) (- (+ (* q sx) (* j dx)) px)) 0.0)))))
(set-info :status unsat)
(check-sat)
