; plain-relu-on-reserved: true with what is missing
; A block without its shortcut may reserve its input behind a ReLU, whatever the input.
; from: RMNet issues 4, 9, 12 and 23
; at C=2 H=1 W=1
; missing: (non-negative) the block reads no negative value
(set-logic QF_UFNIRA)
(declare-fun x_0_0_0 () Real)
(declare-fun F_0_0_0 () Real)
(declare-fun x_1_0_0 () Real)
(declare-fun F_1_0_0 () Real)
; the negation of the goal
(assert (not (and (=> (<= 0.0 x_0_0_0) (= (ite (< (+ F_0_0_0 x_0_0_0) 0.0) 0.0 (+ F_0_0_0 x_0_0_0)) (ite (< (+ F_0_0_0 (+ (* 1.0 (ite (< x_0_0_0 0.0) 0.0 x_0_0_0)) 0.0)) 0.0) 0.0 (+ F_0_0_0 (+ (* 1.0 (ite (< x_0_0_0 0.0) 0.0 x_0_0_0)) 0.0))))) (=> (<= 0.0 x_1_0_0) (= (ite (< (+ F_1_0_0 x_1_0_0) 0.0) 0.0 (+ F_1_0_0 x_1_0_0)) (ite (< (+ F_1_0_0 (+ 0.0 (* 1.0 (ite (< x_1_0_0 0.0) 0.0 x_1_0_0)))) 0.0) 0.0 (+ F_1_0_0 (+ 0.0 (* 1.0 (ite (< x_1_0_0 0.0) 0.0 x_1_0_0))))))))))
(set-info :status unsat)
(check-sat)
