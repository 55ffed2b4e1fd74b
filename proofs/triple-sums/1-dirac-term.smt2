; triple-sums: dirac, term
(set-logic QF_UFNIRA)
(declare-fun c () Int)
(declare-fun c0 () Int)
(declare-fun i () Int)
(declare-fun i0 () Int)
(declare-fun j () Int)
(declare-fun j0 () Int)
(declare-fun f (Int Int Int) Real)
; the negation of the goal
(assert (not (= (* (ite (and (= c c0) (= i i0) (= j j0)) 1.0 0.0) (f c i j)) (ite (= j j0) (ite (and (= c c0) (= i i0)) (f c i j) 0.0) 0.0))))
(set-info :status unsat)
(check-sat)
