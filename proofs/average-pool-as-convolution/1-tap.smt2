; average-pool-as-convolution: tap
; Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).
; from: arXiv 2103.13425, average pooling as convolution
(set-logic QF_UFNIRA)
(declare-fun kh () Int)
(declare-fun kw () Int)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun i () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun j () Int)
(declare-fun px () Int)
; the negation of the goal
(assert (not (= (* (/ 1.0 (to_real (* kh kw))) (x o (- (+ (* p sy) (* i 1)) py) (- (+ (* q sx) (* j 1)) px))) (* (/ 1.0 (to_real (* kh kw))) (x o (- (+ (* p sy) i) py) (- (+ (* q sx) j) px))))))
(set-info :status unsat)
(check-sat)
