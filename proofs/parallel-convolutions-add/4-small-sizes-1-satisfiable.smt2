; parallel-convolutions-add: small sizes 1, satisfiable
; Convolutions with one window that are added are one, with the kernels and the biases added.
; from: RepVGG, arXiv 2101.03697, section 3.3; ACNet, arXiv 1908.03930
; at C=2 H=3 W=2 kh=2 kw=1 o=1 p=1 q=1 sy=1 sx=2 dy=2 dx=1 py=1 px=1
(set-logic QF_UFNIRA)
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
