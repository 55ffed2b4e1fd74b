; mean-not-scaled: wrong
; Folding a batch norm adds β − μ to what is scaled.
; from: it adds β − μ·γ/√(σ²+ε)
; missing: (no-mean) the running mean is zero
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun t () Real)
(declare-fun mu () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (= (+ (* (* 1.0 s) (- t mu)) beta) (+ (* s t) (- beta mu)))))
(set-info :status sat)
(check-sat)
