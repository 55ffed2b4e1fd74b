; mobile-one: small sizes 1, satisfiable
; Any number of k×k convolutions, a 1×1 and the input, a batch norm each, are one convolution.
; assuming (place-in-group) the entry of the identity is at the channel's place in its group
; from: arXiv 2206.04040, figure 3
; at C=2 base=2 o=3 H=2 W=2 kh=2 kw=2 ci=1 cj=1 sy=2 sx=1 dy=1 dx=2 p=0 q=1 n=2
(set-logic QF_UFNIRA)
(declare-fun index () Int)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (and (<= 0 index) (< index 2)))
(assert (= (+ 2 index) 3))
(set-info :status sat)
(check-sat)
