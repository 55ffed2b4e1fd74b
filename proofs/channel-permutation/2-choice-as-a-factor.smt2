; channel-permutation: choice as a factor
; A convolution of permuted channels with its weights permuted alike is the convolution.
; assuming (permutation) each channel is taken exactly once
; from: arXiv 2111.00687; formal-core, alignment of columns
(set-logic QF_UFNIRA)
(declare-fun c () Int)
(declare-fun C () Int)
(declare-fun d () Int)
(declare-fun pi (Int) Int)
(declare-fun K (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun x (Int Int Int) Real)
(declare-fun p () Int)
(declare-fun sy () Int)
(declare-fun dy () Int)
(declare-fun py () Int)
(declare-fun q () Int)
(declare-fun sx () Int)
(declare-fun dx () Int)
(declare-fun px () Int)
(assert (<= 0 c))
(assert (< c C))
; the negation of the goal
(assert (not (= (ite (= d (pi c)) (* (K o d i j) (x d (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px))) 0.0) (* (* (K o d i j) (x d (- (+ (* p sy) (* i dy)) py) (- (+ (* q sx) (* j dx)) px))) (ite (= d (pi c)) 1.0 0.0)))))
(set-info :status unsat)
(check-sat)
