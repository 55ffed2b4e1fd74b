; basic-block-wide-nonnegative: without non-negative
; A BasicBlock (two convolutions) whose shortcut is a convolution of any kernel, done in its last layer, is its branch alone, with reserved channels: its input is not negative, so the activation leaves it alone.
; assuming (non-negative) no value of the block's input that the shortcut reads is negative
; from: arXiv 2111.00687, figure 2; arXiv 1512.03385, figure 5
; at C=1 H=1 W=1 o=0 p=0 q=0 ph=1 pw=1 pi=0 pj=0 kh=1 kw=1 ci=0 cj=0 dy=1 dx=1 N=1 M1=1 H1=1 W1=1 kh1=1 kw1=1 ci1=0 cj1=0 dy1=1 dx1=1 M2=1 H2=1 W2=1 kh2=1 kw2=1 ci2=0 cj2=0 dy2=1 dx2=1 sy2=1 sx2=1
(set-logic QF_UFNIRA)
(declare-fun sp_0 () Real)
(declare-fun P_0_0_0_0 () Real)
(declare-fun x_0_0_0 () Real)
(declare-fun bp_0 () Real)
(declare-fun s2_0 () Real)
(declare-fun V2_0_0_0_0 () Real)
(declare-fun s1_0 () Real)
(declare-fun V1_0_0_0_0 () Real)
(declare-fun b1_0 () Real)
(declare-fun b2_0 () Real)
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
; the negation of the goal
(assert (not (= (ite (< (+ (+ (* sp_0 (* P_0_0_0_0 x_0_0_0)) bp_0) (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0)) 0.0) 0.0 (+ (+ (* sp_0 (* P_0_0_0_0 x_0_0_0)) bp_0) (+ (* s2_0 (* V2_0_0_0_0 (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) b2_0))) (ite (< (+ (+ (* (* sp_0 P_0_0_0_0) (ite (< (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0) 0.0) 0.0 (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0))) (* (* s2_0 V2_0_0_0_0) (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) (+ b2_0 bp_0)) 0.0) 0.0 (+ (+ (* (* sp_0 P_0_0_0_0) (ite (< (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0) 0.0) 0.0 (+ (* 1.0 (* (* 1.0 1.0) x_0_0_0)) 0.0))) (* (* s2_0 V2_0_0_0_0) (ite (< (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0) 0.0) 0.0 (+ (* s1_0 (* V1_0_0_0_0 x_0_0_0)) b1_0)))) (+ b2_0 bp_0))))))
(set-info :status sat)
(check-sat)
