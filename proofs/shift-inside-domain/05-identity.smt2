; shift-inside-domain: identity
; A shifted channel is restored by the bias wherever its one entry reads inside the domain.
; assuming (in-range) the shifted value is where the activation is the identity
; assuming (inside) the entry reads a pixel of the domain, as a centre tap does
; from: zero padding holds 0, and not the b that a shift makes of 0
(set-logic QF_UFNIRA)
(declare-fun a () Real)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun ci () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun H () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun cj () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
(declare-fun W () Int)
(declare-fun x (Int Int Int) Real)
(declare-fun src () Int)
(declare-fun b () Real)
(assert (<= 0.0 (+ (* a (ite (and (and (<= 0 (- (+ (* p sy) (* ci dy)) py)) (< (- (+ (* p sy) (* ci dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* cj dx)) px)) (< (- (+ (* q sx) (* cj dx)) px) W))) (x src (- (+ (* p sy) (* ci dy)) py) (- (+ (* q sx) (* cj dx)) px)) 0.0)) b)))
(assert (and (and (<= 0 (- (+ (* p sy) (* ci dy)) py)) (< (- (+ (* p sy) (* ci dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* cj dx)) px)) (< (- (+ (* q sx) (* cj dx)) px) W))))
; the negation of the goal
(assert (not (= (ite (and (and (<= 0 (- (+ (* p sy) (* ci dy)) py)) (< (- (+ (* p sy) (* ci dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* cj dx)) px)) (< (- (+ (* q sx) (* cj dx)) px) W))) (ite (< (+ (* a (ite (and (and (<= 0 (- (+ (* p sy) (* ci dy)) py)) (< (- (+ (* p sy) (* ci dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* cj dx)) px)) (< (- (+ (* q sx) (* cj dx)) px) W))) (x src (- (+ (* p sy) (* ci dy)) py) (- (+ (* q sx) (* cj dx)) px)) 0.0)) b) 0.0) 0.0 (+ (* a (ite (and (and (<= 0 (- (+ (* p sy) (* ci dy)) py)) (< (- (+ (* p sy) (* ci dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* cj dx)) px)) (< (- (+ (* q sx) (* cj dx)) px) W))) (x src (- (+ (* p sy) (* ci dy)) py) (- (+ (* q sx) (* cj dx)) px)) 0.0)) b)) 0.0) (+ (* a (ite (and (and (<= 0 (- (+ (* p sy) (* ci dy)) py)) (< (- (+ (* p sy) (* ci dy)) py) H)) (and (<= 0 (- (+ (* q sx) (* cj dx)) px)) (< (- (+ (* q sx) (* cj dx)) px) W))) (x src (- (+ (* p sy) (* ci dy)) py) (- (+ (* q sx) (* cj dx)) px)) 0.0)) b))))
(set-info :status unsat)
(check-sat)
