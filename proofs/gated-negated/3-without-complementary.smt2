; gated-negated: without complementary
; f(−t) = f(t) − t for f(t) = t·g(t), where g(t) + g(−t) = 1: GELU, SiLU.
; assuming (complementary) the gate at the value and the gate at its negative add up to one
; from: arXiv 1606.08415, t·Φ(t) and t·σ(t)
(set-logic QF_UFNIRA)
(declare-fun t () Real)
(declare-fun opposite () Real)
(declare-fun gate () Real)
; the negation of the goal
(assert (not (= (* (- t) opposite) (- (* t gate) t))))
(set-info :status sat)
(check-sat)
