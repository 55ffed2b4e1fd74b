; sums-associate-float32: what is missing can be
; A float32 sum does not depend on its order.
; from: IEEE 754-2019
; missing: (zeros) at most one summand is not zero, as in a Dirac channel
(set-logic QF_FP)
(declare-fun x_Float32 () (_ FloatingPoint 8 24))
(declare-fun y_Float32 () (_ FloatingPoint 8 24))
(declare-fun z_Float32 () (_ FloatingPoint 8 24))
(assert (and (and (not (fp.isInfinite x_Float32)) (not (fp.isNaN x_Float32))) (and (not (fp.isInfinite y_Float32)) (not (fp.isNaN y_Float32))) (and (not (fp.isInfinite z_Float32)) (not (fp.isNaN z_Float32))) (and (fp.isZero y_Float32) (fp.isZero z_Float32))))
(set-info :status sat)
(check-sat)
