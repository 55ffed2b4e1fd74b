; below-largest: claim
; No term is above the largest.
; from: the definition of the largest
(set-logic QF_UFNIRA)
(declare-fun j () Int)
(declare-fun n () Int)
(declare-fun h (Int) Real)
; (max_1 n) is the max over # < n of (h #)
(declare-fun max_1 (Int) Real)
(assert (<= 0 j))
(assert (< j n))
(assert (=> (<= 0 n) (=> (and (<= 0 j) (< j n)) (<= (h j) (max_1 n)))))
; the negation of the goal
(assert (not (<= (h j) (max_1 n))))
(set-info :status unsat)
(check-sat)
