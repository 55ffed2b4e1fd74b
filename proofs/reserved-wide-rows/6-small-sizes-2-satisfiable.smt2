; reserved-wide-rows: small sizes 2, satisfiable
; A projection's kernel in rows above the branch's own makes both of one input.
; from: arXiv 2111.00687, reserve; a projection of any kernel
; at R=1 C=1 M=1 o=0 kh=2 kw=2 ci=1 cj=0 sy=2 sx=1 dy=1 dx=2 p=0 q=1 ph=2 pw=1 pi=1 pj=0 eh=1 ew=2 ei=0 ej=0 k=1
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
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
