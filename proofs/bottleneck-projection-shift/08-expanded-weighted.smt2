; bottleneck-projection-shift: expanded, weighted
; A Bottleneck (1×1, k×k, 1×1) is its branch alone, with reserved channels: a·x + b is carried where the activation is the identity, and undone in the last layer.
; assuming (in-range) each shifted channel of the block's input is where the activation is the identity
; from: arXiv 2111.00687; arXiv 1512.03385, figure 5
(set-logic QF_UFNIRA)
(declare-fun s () Real)
(declare-fun w () Real)
(declare-fun e () Real)
(declare-fun a () Real)
(declare-fun t () Real)
(declare-fun b () Real)
; the negation of the goal
(assert (not (= (* (* (* s w) e) (+ (* a t) b)) (+ (* s (* w (* (* e a) t))) (* (* (* s w) e) b)))))
(set-info :status unsat)
(check-sat)
