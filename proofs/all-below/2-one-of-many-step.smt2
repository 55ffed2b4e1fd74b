; all-below: one of many, step
; Where the exceptions below n add up to zero, no index below n is one.
; assuming (all) the exceptions add up to zero
; from: how statements here say "for every channel"
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun j () Int)
(declare-fun phi (Int) Bool)
; (sum_1 n) is the sum over # < n of (ite (phi #) 0.0 1.0)
(declare-fun sum_1 (Int) Real)
(assert (<= 0 m))
(assert (<= (ite (and (<= 0 j) (< j m)) (ite (phi j) 0.0 1.0) 0.0) (sum_1 m)))
(assert (=> (<= 0 m) (= (sum_1 (+ m 1)) (+ (sum_1 m) (ite (phi m) 0.0 1.0)))))
; the negation of the goal
(assert (not (<= (ite (and (<= 0 j) (< j (+ m 1))) (ite (phi j) 0.0 1.0) 0.0) (sum_1 (+ m 1)))))
(set-info :status unsat)
(check-sat)
