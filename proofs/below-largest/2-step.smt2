; below-largest: step
; No term is above the largest.
; from: the definition of the largest
(set-logic QF_UFNIRA)
(declare-fun m () Int)
(declare-fun j () Int)
(declare-fun h (Int) Real)
; (max_1 n) is the max over # < n of (h #)
(declare-fun max_1 (Int) Real)
(assert (<= 0 m))
(assert (=> (and (<= 0 j) (< j m)) (<= (h j) (max_1 m))))
(assert (= (max_1 1) (h 0)))
(assert (=> (<= 1 m) (= (max_1 (+ m 1)) (ite (< (max_1 m) (h m)) (h m) (max_1 m)))))
; the negation of the goal
(assert (not (=> (and (<= 0 j) (< j (+ m 1))) (<= (h j) (max_1 (+ m 1))))))
(set-info :status unsat)
(check-sat)
