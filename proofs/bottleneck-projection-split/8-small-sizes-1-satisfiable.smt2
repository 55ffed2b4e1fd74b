; bottleneck-projection-split: small sizes 1, satisfiable
; A Bottleneck (1×1, k×k, 1×1) is its branch alone, with reserved channels: relu(x) and relu(−x) are carried, and subtracted in the end.
; from: arXiv 2111.00687; arXiv 1512.03385, figure 5
; at C=1 H=2 W=2 o=0 p=0 q=0 M1=1 H1=2 W1=2 sy1=2 sx1=1 M2=1 H2=2 W2=2 kh2=1 kw2=2 ci2=0 cj2=0 dy2=1 dx2=1 sy2=2 sx2=1 M3=1 H3=2 W3=2
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
