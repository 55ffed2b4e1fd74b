; diverse-branch-sequence: scale, term
; A 1×1 convolution, its batch norm, and a k×k convolution are one k×k convolution and a bias.
; assuming (padding-holds-the-shift) between the two layers the padding holds what the first batch norm makes of zero
; from: arXiv 2103.13425, transform III
(set-logic QF_UFNIRA)
(declare-fun s1 (Int) Real)
(declare-fun m () Int)
(declare-fun V1 (Int Int Int Int) Real)
(declare-fun c () Int)
(declare-fun u () Int)
(declare-fun H () Int)
(declare-fun v () Int)
(declare-fun W () Int)
(declare-fun x (Int Int Int) Real)
; the negation of the goal
(assert (not (= (* (* (s1 m) (V1 m c 0 0)) (ite (and (and (<= 0 u) (< u H)) (and (<= 0 v) (< v W))) (x c u v) 0.0)) (* (s1 m) (* (V1 m c 0 0) (ite (and (and (<= 0 u) (< u H)) (and (<= 0 v) (< v W))) (x c u v) 0.0))))))
(set-info :status unsat)
(check-sat)
