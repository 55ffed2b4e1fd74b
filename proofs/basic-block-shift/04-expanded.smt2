; basic-block-shift: expanded
; A BasicBlock (two convolutions) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted value of the block's input is where the activation is the identity
; from: arXiv 2111.00687, figure 2; arXiv 1512.03385, figure 5
(set-logic QF_UFNIRA)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun t () Real)
(declare-fun b () Real)
; the negation of the goal
(assert (not (= (* e (+ (* a t) b)) (+ (* (* e a) t) (* e b)))))
(set-info :status unsat)
(check-sat)
