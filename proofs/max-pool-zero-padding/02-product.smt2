; max-pool-zero-padding: product
; Of values that are not negative, max pooling may read zeros outside the domain.
; assuming (non-negative) no tap reads a negative value
; from: formal-core, semantics: max pooling ignores what lies outside
(set-logic QF_UFNIRA)
(declare-fun u () Int)
(declare-fun v () Int)
(assert (<= 0 u))
(assert (<= 0 v))
; the negation of the goal
(assert (not (<= 0 (* u v))))
(set-info :status unsat)
(check-sat)
