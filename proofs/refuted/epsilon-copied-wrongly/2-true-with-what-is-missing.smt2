; epsilon-copied-wrongly: true with what is missing
; A batch norm may be copied with another ε.
; from: RMNet converters; YOLOv6 and YOLOv7 have ε = 10⁻³
; missing: (same-epsilon) both have the same ε
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun s () Real)
(declare-fun eps () Real)
(declare-fun gamma () Real)
(declare-fun t () Real)
(declare-fun mu () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (=> (and (< 0.0 r) (< 0.0 s) (< 0.0 eps) (< 0.0 (+ (- (* s s) (* r r)) eps)) (<= eps (* r r)) (= (+ (- (* s s) (* r r)) eps) eps)) (= (+ (* (* gamma (/ 1.0 r)) (- t mu)) beta) (+ (* (* gamma (/ 1.0 s)) (- t mu)) beta)))))
(set-info :status unsat)
(check-sat)
