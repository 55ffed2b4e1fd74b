; all-below: one of many, base
; Where the exceptions below n add up to zero, no index below n is one.
; assuming (all) the exceptions add up to zero
; from: how statements here say "for every channel"
(set-logic QF_UFNIRA)
(declare-fun phi (Int) Bool)
(declare-fun j () Int)
; (sum_1 n) is the sum over # < n of (ite (phi #) 0.0 1.0)
(declare-fun sum_1 (Int) Real)
(assert (= (sum_1 0) 0.0))
; the negation of the goal
(assert (not (<= (ite (and (<= 0 j) (< j 0)) (ite (phi j) 0.0 1.0) 0.0) (sum_1 0))))
(set-info :status unsat)
(check-sat)
