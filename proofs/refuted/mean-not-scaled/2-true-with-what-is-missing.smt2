; mean-not-scaled: true with what is missing
; Folding a batch norm adds β − μ to what is scaled.
; from: it adds β − μ·γ/√(σ²+ε)
; missing: (no-mean) the running mean is zero
(set-logic QF_UFNIRA)
(declare-fun mu () Real)
(declare-fun s () Real)
(declare-fun t () Real)
(declare-fun beta () Real)
; the negation of the goal
(assert (not (=> (= mu 0.0) (= (+ (* (* 1.0 s) (- t mu)) beta) (+ (* s t) (- beta mu))))))
(set-info :status unsat)
(check-sat)
