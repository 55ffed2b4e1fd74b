; basic-block-unit-norm: small sizes 1, satisfiable
; A BasicBlock (two convolutions) is its branch alone, with reserved channels: behind a unit batch norm, and not negative.
; assuming (unit-norm) beside the reserved channel γ is √(σ²+ε), with the ε of that layer, and β is μ
; assuming (non-negative) no value of the block's input is negative at this pixel
; from: arXiv 2111.00687, figure 2; arXiv 1512.03385, figure 5
; at C=1 H=2 W=2 o=0 p=0 q=0 M1=1 H1=2 W1=2 kh1=2 kw1=1 ci1=1 cj1=0 dy1=1 dx1=1 M2=1 H2=2 W2=2 kh2=1 kw2=2 ci2=0 cj2=0 dy2=1 dx2=1
(set-logic QF_UFNIRA)
(declare-fun r_0 () Real)
(declare-fun variance_0 () Real)
(declare-fun epsilon () Real)
(declare-fun gamma_0 () Real)
(declare-fun beta_0 () Real)
(declare-fun mean_0 () Real)
(declare-fun x_0_0_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (and (< 0.0 r_0) (= (* r_0 r_0 (+ variance_0 epsilon)) 1.0)))
(assert (and (= (* gamma_0 gamma_0) (+ variance_0 epsilon)) (< 0.0 gamma_0) (= beta_0 mean_0)))
(assert (<= (- x_0_0_0) 0.0))
(set-info :status sat)
(check-sat)
