; average-pool-counts-padding: true with what is missing
; Average pooling divides by the size of its window.
; from: count_include_pad, whose default differs between formats
; at H=2 W=1 kh=2 py=1
; missing: (interior) every tap reads inside the image
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun x_0_1_0 () Real)
; the negation of the goal
(assert (not (and (= 0.0 0.0) (= (/ (+ x_0_0_0 x_0_1_0) 2.0) (/ (+ x_0_0_0 x_0_1_0) 2.0)))))
(set-info :status unsat)
(check-sat)
