; fused-project-expand: scale, term
; A 1×1 projection and the 1×1 expansion behind it, a batch norm each, are one 1×1 convolution.
; from: arXiv 2111.00687, MobileNetV2 to MobileNetV1
(set-logic QF_UFNIRA)
(declare-fun s1 (Int) Real)
(declare-fun c () Int)
(declare-fun V1 (Int Int Int Int) Real)
(declare-fun i () Int)
(declare-fun p () Int)
(declare-fun H () Int)
(declare-fun q () Int)
(declare-fun W () Int)
(declare-fun x (Int Int Int) Real)
; the negation of the goal
(assert (not (= (* (* (s1 c) (V1 c i 0 0)) (ite (and (and (<= 0 p) (< p H)) (and (<= 0 q) (< q W))) (x i p q) 0.0)) (* (s1 c) (* (V1 c i 0 0) (ite (and (and (<= 0 p) (< p H)) (and (<= 0 q) (< q W))) (x i p q) 0.0))))))
(set-info :status unsat)
(check-sat)
