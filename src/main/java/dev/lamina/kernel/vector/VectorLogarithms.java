package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.VectorMath.ROUNDER;
import static dev.lamina.kernel.vector.VectorMath.ROUNDER_BITS;
import static dev.lamina.kernel.vector.VectorMath.horner;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Logarithms on vectors of floats; same form and same promise as `VectorMath`.
///
/// | function | ulp | ends |
/// |---|---|---|
/// | `log` | 0.84 | -∞ at 0, NaN below, subnormal arguments |
/// | `log1p` | 1.1 | -∞ at -1, NaN below |
final class VectorLogarithms {
  private static final float LN2 = 0.6931472f;
  private static final float LN2_REST = -1.9046542e-9f;
  private static final float LEAST_NORMAL = Float.MIN_NORMAL;

  /// The bits of √½, the lower end of the reduced argument.
  private static final int ROOT_HALF = 0x3F3504F3;

  private VectorLogarithms() {}

  /// The natural logarithm.
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, LEAST_NORMAL);
    FloatVector u = x.blend(x.mul(0x1p23f), tiny);
    IntVector e = exponent(u);
    FloatVector k = toFloat(e);
    FloatVector f = mantissa(u, e).sub(1f);
    FloatVector y = joined(k.blend(k.sub(23f), tiny), f, curve(f));
    return ends(y, x, x);
  }

  /// `log(1 + x)`.
  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    // What the sum lost, exactly (Knuth): first order of it is enough.
    FloatVector part = u.sub(1f);
    FloatVector lost = x.sub(part).add(FloatVector.broadcast(FLOATS, 1f).sub(u.sub(part)));
    IntVector e = exponent(u);
    FloatVector f = mantissa(u, e).sub(1f);
    return ends(joined(toFloat(e), f, curve(f).add(lost.div(u))), u, x);
  }

  /// The e for which `u / 2ᵉ` lies in [√½, √2).
  static IntVector exponent(FloatVector u) {
    return u.reinterpretAsInts().sub(ROOT_HALF).lanewise(ASHR, 23);
  }

  /// `u / 2ᵉ`.
  static FloatVector mantissa(FloatVector u, IntVector e) {
    return u.reinterpretAsInts().sub(e.lanewise(LSHL, 23)).reinterpretAsFloats();
  }

  /// Small integers as floats.
  static FloatVector toFloat(IntVector e) {
    return e.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
  }

  /// `log(1 + f) - f` for √½ - 1 ≤ f ≤ √2 - 1.
  static FloatVector curve(FloatVector f) {
    FloatVector p = FloatVector.broadcast(FLOATS, -0.07634385f);
    p = horner(p, f, 0.12765425f);
    p = horner(p, f, -0.13162005f);
    p = horner(p, f, 0.1420137f);
    p = horner(p, f, -0.16623144f);
    p = horner(p, f, 0.20001236f);
    p = horner(p, f, -0.25000826f);
    p = horner(p, f, 0.3333333f);
    p = horner(p, f, -0.5f);
    return p.mul(f).mul(f);
  }

  /// `k ln2 + f + t`, the small parts first.
  private static FloatVector joined(FloatVector k, FloatVector f, FloatVector t) {
    FloatVector small = k.fma(FloatVector.broadcast(FLOATS, LN2_REST), t);
    return k.fma(FloatVector.broadcast(FLOATS, LN2), f.add(small));
  }

  /// The logarithm `y` of `u`, right also where u is 0, negative, infinite or NaN.
  private static FloatVector ends(FloatVector y, FloatVector u, FloatVector x) {
    y = y.blend(Float.NEGATIVE_INFINITY, u.compare(EQ, 0f));
    y = y.blend(Float.NaN, u.compare(LT, 0f));
    return y.blend(x, x.compare(LT, Float.POSITIVE_INFINITY).not());
  }
}
