package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;

/// The exponential on vectors of doubles, by an own minimax polynomial; see `VectorMath`.
///
/// ```
/// x = n ln 2 + r,  |r| ≤ ln 2 / 2        exp(r) - 1 = r + r² q(r),  q of degree 10, off by 2⁻⁶¹
/// ```
///
/// | function | ulp | ends |
/// |---|---|---|
/// | `exp` | 0.95 | subnormal results, 0, ∞ and NaN as `StrictMath` |
/// | `expm1` | 1.8 | keeps -0 |
final class DoubleMath {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN2 = 0.6931471805599453;
  private static final double LN2_REST = 2.3190468138462996e-17;

  /// Adding it leaves the nearest integer in the low bits.
  private static final double ROUNDER = 6755399441055744.0;

  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  private DoubleMath() {}

  /// `exp(x)` for every double.
  static DoubleVector exp(DoubleVector x) {
    DoubleVector c = x.blend(-746d, x.compare(LT, -746d)).blend(710d, x.compare(GT, 710d));
    DoubleVector n = nearest(c);
    DoubleVector p = expm1Near(reduced(c, n)).add(1d);
    // In two steps, so that subnormal results are rounded once.
    DoubleVector half = n.mul(0.5).add(ROUNDER).sub(ROUNDER);
    return p.mul(powerOfTwo(half, EXPONENT_BIAS)).mul(powerOfTwo(n.sub(half), EXPONENT_BIAS));
  }

  /// `exp(x) - 1` for every double.
  static DoubleVector expm1(DoubleVector x) {
    DoubleVector c = x.blend(-40d, x.compare(LT, -40d)).blend(710d, x.compare(GT, 710d));
    DoubleVector n = nearest(c);
    DoubleVector p = expm1Near(reduced(c, n));
    // Half of 2ⁿ, since 2¹⁰²⁴ is no double.
    DoubleVector half = powerOfTwo(n, EXPONENT_BIAS - 1);
    DoubleVector y = half.fma(p, half.sub(0.5)).mul(2d);
    return y.blend(x, x.abs().compare(LT, 1e-20));
  }

  private static DoubleVector nearest(DoubleVector x) {
    DoubleVector rounder = DoubleVector.broadcast(DOUBLES, ROUNDER);
    return x.fma(DoubleVector.broadcast(DOUBLES, LOG2_E), rounder).sub(ROUNDER);
  }

  private static DoubleVector reduced(DoubleVector x, DoubleVector n) {
    DoubleVector r = n.fma(DoubleVector.broadcast(DOUBLES, -LN2), x);
    return n.fma(DoubleVector.broadcast(DOUBLES, -LN2_REST), r);
  }

  /// `2ⁿ` for a whole n, with the bias of the result's exponent.
  private static DoubleVector powerOfTwo(DoubleVector n, int bias) {
    return n.add(ROUNDER)
        .reinterpretAsLongs()
        .add(bias)
        .lanewise(LSHL, MANTISSA_BITS)
        .reinterpretAsDoubles();
  }

  /// `exp(r) - 1` for |r| ≤ ln 2 / 2.
  private static DoubleVector expm1Near(DoubleVector r) {
    DoubleVector q = DoubleVector.broadcast(DOUBLES, 2.0914717341716378e-09);
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 2.5105259538448494e-08));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 2.755727357010214e-07));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 2.7557255297969643e-06));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 2.4801587325605324e-05));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 0.0001984126987490126));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 0.001388888888888373));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 0.008333333333326112));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 0.04166666666666667));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 0.1666666666666667));
    q = q.fma(r, DoubleVector.broadcast(DOUBLES, 0.5));
    return q.mul(r).fma(r, r);
  }
}
