; projection-as-dirac: what is missing can be
; Where a block has as many channels out as in, its shortcut is the identity, strided or not.
; from: RMNet issue 24
; at kh=1 kw=1 sy=2 sx=2 py=0 px=0 C=2 H=3 W=1
; missing: (dirac) the projection is a Dirac kernel
(set-logic QF_UFNIRA)
(declare-fun K_0_0_0_0 () Real)
(declare-fun K_0_1_0_0 () Real)
(declare-fun K_1_0_0_0 () Real)
(declare-fun K_1_1_0_0 () Real)
(assert (or (= (+ (ite (= K_0_0_0_0 1.0) 0.0 1.0) (ite (= K_0_1_0_0 0.0) 0.0 1.0)) 0.0) (= (+ (ite (= K_0_0_0_0 1.0) 0.0 1.0) (ite (= K_0_1_0_0 0.0) 0.0 1.0)) 0.0) (= (+ (ite (= K_1_0_0_0 0.0) 0.0 1.0) (ite (= K_1_1_0_0 1.0) 0.0 1.0)) 0.0) (= (+ (ite (= K_1_0_0_0 0.0) 0.0 1.0) (ite (= K_1_1_0_0 1.0) 0.0 1.0)) 0.0)))
(set-info :status sat)
(check-sat)
