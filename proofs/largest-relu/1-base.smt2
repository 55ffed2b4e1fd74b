; largest-relu: base
; The largest ReLU is the ReLU of the largest.
; from: ReLU is monotone
(set-logic QF_UFNIRA)
(declare-fun h (Int) Real)
; (max_1 n) is the max over # < n of (ite (< (h #) 0.0) 0.0 (h #))
(declare-fun max_1 (Int) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
; the negation of the goal
(assert (not (=> (<= 1 0) (= (max_1 0) (ite (< (max_2 0) 0.0) 0.0 (max_2 0))))))
(set-info :status unsat)
(check-sat)
