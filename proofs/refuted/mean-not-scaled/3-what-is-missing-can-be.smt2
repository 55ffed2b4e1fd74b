; mean-not-scaled: what is missing can be
; Folding a batch norm adds β − μ to what is scaled.
; from: it adds β − μ·γ/√(σ²+ε)
; missing: (no-mean) the running mean is zero
(set-logic QF_UFNIRA)
(declare-fun mu () Real)
(assert (= mu 0.0))
(set-info :status sat)
(check-sat)
