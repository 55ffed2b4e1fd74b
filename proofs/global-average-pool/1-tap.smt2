; global-average-pool: tap
; Global average pooling is average pooling over the whole image.
; from: ONNX GlobalAveragePool
(set-logic QF_UFNIRA)
(declare-fun x (Int Int Int) Real)
(declare-fun o () Int)
(declare-fun i () Int)
(declare-fun j () Int)
(declare-fun sy () Int)
(declare-fun sx () Int)
; the negation of the goal
(assert (not (= (x o i j) (x o (- (+ (* 0 sy) i) 0) (- (+ (* 0 sx) j) 0)))))
(set-info :status unsat)
(check-sat)
