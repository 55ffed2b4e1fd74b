; fold-batch-norm-before: small sizes 1, satisfiable
; A batch norm before a convolution folds into it where the window does not reach the border.
; assuming (interior) the window lies inside the image
; from: converter bug 7; pre-activation blocks
; at C=1 H=3 W=2 kh=2 kw=1 o=0 p=1 q=0 sy=1 sx=1 dy=1 dx=1 py=0 px=0
(set-logic QF_UFNIRA)
(declare-fun r_0 () Real)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= (ite (< 0.0 r_0) 0.0 1.0) 0.0))
(assert (= 0.0 0.0))
(set-info :status sat)
(check-sat)
