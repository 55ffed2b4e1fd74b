; all-below: small sizes 1, satisfiable
; Where the exceptions below n add up to zero, no index below n is one.
; assuming (all) the exceptions add up to zero
; from: how statements here say "for every channel"
; at n=3 j=1
(set-logic QF_UFNIRA)
(declare-fun phi_0 () Bool)
(declare-fun phi_1 () Bool)
(declare-fun phi_2 () Bool)
(assert (= 0.0 0.0))
(assert (= 0.0 0.0))
(assert (= (+ (ite phi_0 0.0 1.0) (ite phi_1 0.0 1.0) (ite phi_2 0.0 1.0)) 0.0))
(set-info :status sat)
(check-sat)
