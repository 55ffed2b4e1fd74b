; below-largest: base
; No term is above the largest.
; from: the definition of the largest
(set-logic QF_UFNIRA)
(declare-fun j () Int)
(declare-fun h (Int) Real)
; (max_1 n) is the max over # < n of (h #)
(declare-fun max_1 (Int) Real)
; the negation of the goal
(assert (not (=> (and (<= 0 j) (< j 0)) (<= (h j) (max_1 0)))))
(set-info :status unsat)
(check-sat)
