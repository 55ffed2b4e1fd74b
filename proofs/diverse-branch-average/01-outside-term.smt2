; diverse-branch-average: outside, term
; A 1×1 convolution, its batch norm, and an average pool are one convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform V
(set-logic QF_UFNIRA)
(declare-fun u () Int)
(declare-fun H () Int)
(declare-fun v () Int)
(declare-fun W () Int)
(declare-fun V1 (Int Int Int Int) Real)
(declare-fun o () Int)
(declare-fun c () Int)
(declare-fun x (Int Int Int) Real)
(assert (not (and (and (<= 0 u) (< u H)) (and (<= 0 v) (< v W)))))
; the negation of the goal
(assert (not (= (* (V1 o c 0 0) (ite (and (and (<= 0 u) (< u H)) (and (<= 0 v) (< v W))) (x c u v) 0.0)) 0.0)))
(set-info :status unsat)
(check-sat)
