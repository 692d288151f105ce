package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.VectorMath.ROUNDER;
import static dev.lamina.kernel.vector.VectorMath.ROUNDER_BITS;
import static dev.lamina.kernel.vector.VectorMath.horner;
import static dev.lamina.kernel.vector.VectorMath.scale;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Logarithms and powers on vectors of floats; same form and same promise as `VectorMath`.
///
/// | function | ulp | ends |
/// |---|---|---|
/// | `log` | 0.84 | -∞ at 0, NaN below, subnormal arguments |
/// | `log1p` | 0.86 | keeps -0, -∞ at -1, NaN below |
/// | `power` | 1.5 for \|p\| ≤ 3, 3 for \|p\| ≤ 16 | of x ≥ 0 only; subnormal results are rounded |
final class VectorLogarithms {
  private static final float LN2 = 0.6931472f;
  private static final float LN2_REST = -1.9046542e-9f;
  private static final float LOG2_E = 1.442695f;
  private static final float LOG2_E_REST = 1.925963e-8f;
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
    // What the sum 1 + x lost; the larger of the two is subtracted first, so this is exact.
    VectorMask<Float> large = x.compare(GT, 1f);
    FloatVector lost =
        x.sub(u.sub(1f)).blend(FloatVector.broadcast(FLOATS, 1f).sub(u.sub(x)), large);
    IntVector e = exponent(u);
    FloatVector k = toFloat(e);
    VectorMask<Float> near = k.compare(EQ, 0f);
    FloatVector f = mantissa(u, e).sub(1f).blend(x, near);
    FloatVector t = curve(f).add(lost.div(u).blend(0f, near));
    return ends(joined(k, f, t), u, x).blend(x, x.abs().compare(LT, 1e-8f));
  }

  /// `xᵖ` for x ≥ 0 (NaN below); `0ᵖ` is 0, 1 or ∞ for p above, at or below 0.
  static FloatVector power(FloatVector x, float p) {
    VectorMask<Float> tiny = x.compare(LT, LEAST_NORMAL);
    FloatVector u = x.blend(x.mul(0x1p23f), tiny);
    IntVector e = exponent(u);
    FloatVector k = toFloat(e);
    FloatVector f = mantissa(u, e).sub(1f);
    FloatVector y = powerOf(k.blend(k.sub(23f), tiny), f, p);
    float atZero = p > 0 ? 0f : p == 0 ? 1f : Float.POSITIVE_INFINITY;
    float atInfinity = p > 0 ? Float.POSITIVE_INFINITY : p == 0 ? 1f : 0f;
    y = y.blend(atZero, x.compare(EQ, 0f));
    y = y.blend(atInfinity, x.compare(EQ, Float.POSITIVE_INFINITY));
    return y.blend(Float.NaN, x.compare(LT, 0f)).blend(x, x.compare(EQ, x).not());
  }

  /// `2^(p (k + log2(1 + f)))` with the exponent in two floats.
  private static FloatVector powerOf(FloatVector k, FloatVector f, float p) {
    FloatVector t = curve(f);
    FloatVector high = f.mul(LOG2_E);
    FloatVector low = f.fma(FloatVector.broadcast(FLOATS, LOG2_E), high.neg());
    low = f.fma(FloatVector.broadcast(FLOATS, LOG2_E_REST), low);
    low = t.fma(FloatVector.broadcast(FLOATS, LOG2_E), low);
    FloatVector factor = FloatVector.broadcast(FLOATS, p);
    FloatVector a = k.mul(p);
    FloatVector b = high.mul(p);
    FloatVector rest = k.fma(factor, a.neg()).add(high.fma(factor, b.neg()));
    rest = low.fma(factor, rest);
    return exp2(a, b, rest);
  }

  /// `2^(a + b + rest)`, where a and b are exact and the rest is a correction.
  private static FloatVector exp2(FloatVector a, FloatVector b, FloatVector rest) {
    FloatVector sum = a.add(b).add(rest);
    FloatVector y = VectorMath.atMost(VectorMath.atLeast(sum, -152f), 130f);
    FloatVector rounded = y.add(ROUNDER);
    FloatVector r = a.sub(rounded.sub(ROUNDER)).add(b).add(rest);
    FloatVector q = FloatVector.broadcast(FLOATS, 0.00015596292f);
    q = horner(q, r, 0.0013407258f);
    q = horner(q, r, 0.009617685f);
    q = horner(q, r, 0.05550309f);
    q = horner(q, r, 0.24022652f);
    q = horner(q, r, 0.69314724f);
    FloatVector s = scale(horner(q, r, 1f), rounded.reinterpretAsInts().sub(ROUNDER_BITS));
    s = s.blend(Float.POSITIVE_INFINITY, sum.compare(GT, 129f));
    return s.blend(0f, sum.compare(LT, -151f));
  }

  private static IntVector exponent(FloatVector u) {
    return u.reinterpretAsInts().sub(ROOT_HALF).lanewise(ASHR, 23);
  }

  /// `u / 2ᵉ`, in [√½, √2).
  private static FloatVector mantissa(FloatVector u, IntVector e) {
    return u.reinterpretAsInts().sub(e.lanewise(LSHL, 23)).reinterpretAsFloats();
  }

  private static FloatVector toFloat(IntVector e) {
    return e.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
  }

  /// `log(1 + f) - f` for √½ - 1 ≤ f ≤ √2 - 1.
  private static FloatVector curve(FloatVector f) {
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
