; rescaled-channels: factors
; A convolution of scaled channels with its weights scaled back is the convolution.
; assuming (scaled-back) the factors of each channel multiply to one
; from: formal-core, canonical atoms: positive scales come out
(set-logic QF_UFNIRA)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun back (Int) Real)
(declare-fun a (Int) Real)
(declare-fun x (Int Int Int) Real)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
; the negation of the goal
(assert (not (= (* (* (K o c i j) (back c)) (* (a c) (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px)))) (* (* (K o c i j) (x c (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px))) (* (back c) (a c))))))
(set-info :status unsat)
(check-sat)
