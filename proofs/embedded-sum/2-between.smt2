; embedded-sum: between
; A sum that is zero before a and from a + k on is the sum of the k terms between.
; assuming (inside) the terms end within the longer sum
; from: lemma of the block-diagonal and zero-padded kernels
(set-logic QF_UFNIRA)
(declare-fun i () Int)
(declare-fun k () Int)
(declare-fun a () Int)
(declare-fun h (Int) Real)
(assert (<= 0 i))
(assert (< i k))
(assert (<= 0 k))
; the negation of the goal
(assert (not (= (ite (and (<= a (+ a i)) (< (+ a i) (+ a k))) (h (- (+ a i) a)) 0.0) (h i))))
(set-info :status unsat)
(check-sat)
