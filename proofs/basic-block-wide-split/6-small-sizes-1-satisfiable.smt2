; basic-block-wide-split: small sizes 1, satisfiable
; A BasicBlock (two convolutions) whose shortcut is a convolution of any kernel, done in its last layer, is its branch alone, with reserved channels: relu(x) and relu(−x) are carried, and subtracted in the end.
; from: arXiv 2111.00687, figure 2; arXiv 1512.03385, figure 5
; at C=1 H=2 W=2 o=0 p=0 q=0 ph=2 pw=1 pi=1 pj=0 kh=2 kw=2 ci=1 cj=0 dy=1 dx=1 N=1 M1=1 H1=2 W1=2 kh1=2 kw1=1 ci1=1 cj1=0 dy1=1 dx1=1 M2=1 H2=2 W2=2 kh2=1 kw2=2 ci2=0 cj2=0 dy2=1 dx2=1 sy2=2 sx2=1
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
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
