; epsilon-copied-wrongly: what is missing can be
; A batch norm may be copied with another ε.
; from: RMNet converters; YOLOv6 and YOLOv7 have ε = 10⁻³
; missing: (same-epsilon) both have the same ε
(set-logic QF_UFNIRA)
(declare-fun r () Real)
(declare-fun s () Real)
(declare-fun eps () Real)
(assert (and (< 0.0 r) (< 0.0 s) (< 0.0 eps) (< 0.0 (+ (- (* s s) (* r r)) eps)) (<= eps (* r r)) (= (+ (- (* s s) (* r r)) eps) eps)))
(set-info :status sat)
(check-sat)
