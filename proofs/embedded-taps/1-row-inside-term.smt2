; embedded-taps: row inside, term
; A convolution whose weights vanish outside a rectangle of taps is one over the rectangle.
; from: arXiv 2101.03697
(set-logic QF_UFNIRA)
(declare-fun i () Int)
(declare-fun oi () Int)
(declare-fun eh () Int)
(declare-fun j () Int)
(declare-fun oj () Int)
(declare-fun ew () Int)
(declare-fun g (Int Int Int) Real)
(declare-fun c () Int)
(assert (and (<= 0 (- i oi)) (< (- i oi) eh)))
; the negation of the goal
(assert (not (= (ite (and (and (<= 0 (- i oi)) (< (- i oi) eh)) (and (<= 0 (- j oj)) (< (- j oj) ew))) (g c i j) 0.0) (ite (and (<= oj j) (< j (+ oj ew))) (g c i (+ oj (- j oj))) 0.0))))
(set-info :status unsat)
(check-sat)
