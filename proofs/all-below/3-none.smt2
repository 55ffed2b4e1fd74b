; all-below: none
; Where the exceptions below n add up to zero, no index below n is one.
; assuming (all) the exceptions add up to zero
; from: how statements here say "for every channel"
(set-logic QF_UFNIRA)
(declare-fun j () Int)
(declare-fun n () Int)
(declare-fun phi (Int) Bool)
; (sum_1 n) is the sum over # < n of (ite (phi #) 0.0 1.0)
(declare-fun sum_1 (Int) Real)
(assert (<= 0 j))
(assert (< j n))
(assert (= (sum_1 n) 0.0))
(assert (=> (<= 0 n) (<= (ite (and (<= 0 j) (< j n)) (ite (phi j) 0.0 1.0) 0.0) (sum_1 n))))
; the negation of the goal
(assert (not (phi j)))
(set-info :status unsat)
(check-sat)
