; zero-times-anything-float32: wrong
; A zero weight makes zero of whatever it meets.
; from: IEEE 754-2019, section 7.2
; missing: (finite) the other value is finite
(set-logic QF_FP)
(declare-fun w_Float32 () (_ FloatingPoint 8 24))
(declare-fun y_Float32 () (_ FloatingPoint 8 24))
; the negation of the goal
(assert (not (=> (fp.isZero w_Float32) (or (fp.eq (fp.mul RNE w_Float32 y_Float32) ((_ to_fp 8 24) RNE 0.0)) (= (fp.mul RNE w_Float32 y_Float32) ((_ to_fp 8 24) RNE 0.0))))))
(set-info :status sat)
(check-sat)
