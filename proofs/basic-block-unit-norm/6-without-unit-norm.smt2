; basic-block-unit-norm: without unit-norm
; A BasicBlock (two convolutions) is its branch alone, with reserved channels: behind a unit batch norm, and not negative.
; assuming (unit-norm) beside the reserved channel γ is √(σ²+ε), with the ε of that layer, and β is μ
; assuming (non-negative) no value of the block's input is negative at this pixel
; from: arXiv 2111.00687, figure 2; arXiv 1512.03385, figure 5
; at C=1 H=1 W=1 o=0 p=0 q=0 M1=1 H1=1 W1=1 kh1=1 kw1=1 ci1=0 cj1=0 dy1=1 dx1=1 M2=1 H2=1 W2=1 kh2=1 kw2=1 ci2=0 cj2=0 dy2=1 dx2=1
(set-logic QF_UFNIRA)
(declare-fun r_0 () Real)
(declare-fun variance_0 () Real)
(declare-fun epsilon () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun s2_0 () Real)
(declare-fun V2_0_0_0_0 () Real)
(declare-fun s1_0 () Real)
(declare-fun V1_0_0_0_0 () Real)
(declare-fun b1_0 () Real)
(declare-fun b2_0 () Real)
(declare-fun gamma_0 () Real)
(declare-fun beta_0 () Real)
(declare-fun mean_0 () Real)
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
(assert (<= (- x_0_0_0) 0.0))
; the negation of the goal
(assert (not (= (ite (< (+ x_0_0_0 (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)) 0.0) 0.0 (+ x_0_0_0 (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0))) (ite (< (+ (+ (* 1.0 (ite (< (+ (* (* gamma_0 r_0) (* (* 1.0 1.0) x_0_0_0)) (- beta_0 (* (* gamma_0 r_0) mean_0))) 0.0) 0.0 (+ (* (* gamma_0 r_0) (* (* 1.0 1.0) x_0_0_0)) (- beta_0 (* (* gamma_0 r_0) mean_0))))) (* (* s2_0 V2_0_0_0_0) (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0) 0.0) 0.0 (+ (+ (* 1.0 (ite (< (+ (* (* gamma_0 r_0) (* (* 1.0 1.0) x_0_0_0)) (- beta_0 (* (* gamma_0 r_0) mean_0))) 0.0) 0.0 (+ (* (* gamma_0 r_0) (* (* 1.0 1.0) x_0_0_0)) (- beta_0 (* (* gamma_0 r_0) mean_0))))) (* (* s2_0 V2_0_0_0_0) (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)))))
(set-info :status sat)
(check-sat)
