; largest-relu: claim
; The largest ReLU is the ReLU of the largest.
; from: ReLU is monotone
(set-logic QF_UFNIRA)
(declare-fun n () Int)
(declare-fun h (Int) Real)
; (max_1 n) is the max over # < n of (ite (< (h #) 0.0) 0.0 (h #))
(declare-fun max_1 (Int) Real)
; (max_2 n) is the max over # < n of (h #)
(declare-fun max_2 (Int) Real)
(assert (<= 1 n))
(assert (=> (<= 0 n) (=> (<= 1 n) (= (max_1 n) (ite (< (max_2 n) 0.0) 0.0 (max_2 n))))))
; the negation of the goal
(assert (not (= (max_1 n) (ite (< (max_2 n) 0.0) 0.0 (max_2 n)))))
(set-info :status unsat)
(check-sat)
