; average-pool-divisors: small sizes 1
; Where every tap is inside the domain it makes no difference whether padding counts.
; assuming (all-inside) as many taps are inside the domain as there are
; from: ONNX AveragePool, count_include_pad
; at C=2 H=3 W=2 kh=2 kw=2 o=1 p=1 q=1 sy=1 sx=2 dy=1 dx=1 py=1 px=1 rows=2 columns=2
(set-logic QF_UFNIRA)
(declare-fun x_1_0_1 () Real)
(declare-fun x_1_0_2 () Real)
(declare-fun x_1_1_1 () Real)
(declare-fun x_1_1_2 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
; the negation of the goal
(assert (not (= (/ (+ (+ x_1_0_1 x_1_0_2) (+ x_1_1_1 x_1_1_2)) 4.0) (/ (+ (+ x_1_0_1 x_1_0_2) (+ x_1_1_1 x_1_1_2)) 4.0))))
(set-info :status unsat)
(check-sat)
