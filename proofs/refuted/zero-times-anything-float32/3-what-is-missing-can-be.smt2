; zero-times-anything-float32: what is missing can be
; A zero weight makes zero of whatever it meets.
; from: IEEE 754-2019, section 7.2
; missing: (finite) the other value is finite
(set-logic QF_FP)
(declare-fun w_Float32 () (_ FloatingPoint 8 24))
(declare-fun y_Float32 () (_ FloatingPoint 8 24))
(assert (and (fp.isZero w_Float32) (and (not (fp.isInfinite y_Float32)) (not (fp.isNaN y_Float32)))))
(set-info :status sat)
(check-sat)
