; relu-additive: true with what is missing
; The ReLU of a sum is the sum of the ReLUs.
; from: merging branches behind their activations
; missing: (non-negative) neither summand is negative
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun u () Real)
; the negation of the goal
(assert (not (=> (and (<= 0.0 t) (<= 0.0 u)) (= (ite (< (+ t u) 0.0) 0.0 (+ t u)) (+ (ite (< t 0.0) 0.0 t) (ite (< u 0.0) 0.0 u))))))
(set-info :status unsat)
(check-sat)
