package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// The exponential and its relatives on vectors of floats, by own minimax polynomials.
///
/// Each lane is one chain of correctly rounded operations (`fma`, `+`, `·`, `/`), so it has the
/// same bits at every width, compiled or not, on every CPU; `lanewise(EXP)` and its like have not.
/// Stated errors are the largest over a dense sample of all floats, in units in the last place of
/// the result.
///
/// | function | ulp | ends |
/// |---|---|---|
/// | `exp` | 0.86 | subnormal results, 0, ∞ and NaN as `StrictMath` |
/// | `expFlushed` | 0.86 | 0 below -87.336; not for x > 88 |
/// | `expm1` | 1.4 | keeps -0 |
/// | `sigmoid` | 2.2 | 0 below -87.336 |
/// | `softplusRest` | 2.7 | 0 where exp(-\|z\|) is below 2⁻¹²⁶ |
/// | `tanh` | 2.5 | keeps -0 |
final class VectorMath {
  private static final float LOG2_E = 1.442695f;
  private static final float LN2 = 0.6931472f;
  private static final float LN2_REST = -1.9046542e-9f;

  /// Adding it leaves the nearest integer in the low bits.
  static final float ROUNDER = 12582912f;

  /// The bits of `ROUNDER`.
  static final int ROUNDER_BITS = 0x4B400000;

  /// `ROUNDER` and the bias of an exponent: the low bits are an exponent ready to be shifted in
  /// place.
  private static final float BIASED_ROUNDER = ROUNDER + 127;

  /// The least x whose exponential is a normal float.
  private static final float LEAST_NORMAL = -87.33654f;

  // exp(r) for |r| ≤ ln2 / 2, from the term of degree 2 on
  private static final float EXP_2 = 0.49999994f;
  private static final float EXP_3 = 0.16666521f;
  private static final float EXP_4 = 0.04166839f;
  private static final float EXP_5 = 0.008368745f;
  private static final float EXP_6 = 0.0013814539f;

  private static final int SIGN = 0x80000000;

  private VectorMath() {}

  /// `c + p x`: one step of a Horner chain.
  static FloatVector horner(FloatVector p, FloatVector x, float c) {
    return p.fma(x, FloatVector.broadcast(FLOATS, c));
  }

  /// `x`, or `least` where x is smaller; NaN stays. Faster than `max` on AVX2.
  static FloatVector atLeast(FloatVector x, float least) {
    return x.blend(least, x.compare(LT, least));
  }

  /// `x`, or `most` where x is larger; NaN stays. Faster than `min` on AVX2.
  static FloatVector atMost(FloatVector x, float most) {
    return x.blend(most, x.compare(GT, most));
  }

  /// `max(x, 0)` with NaN kept.
  static FloatVector positive(FloatVector x) {
    return atLeast(x, 0f);
  }

  /// The magnitude of a non-negative `r` with the sign of `x`.
  static FloatVector withSign(FloatVector r, FloatVector x) {
    IntVector sign = x.reinterpretAsInts().and(SIGN);
    return r.reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats();
  }

  /// `exp(x)` for every float.
  static FloatVector exp(FloatVector x) {
    FloatVector c = atMost(atLeast(x, -104f), 89f);
    FloatVector rounded = nearest(c);
    IntVector n = rounded.reinterpretAsInts().sub(ROUNDER_BITS);
    return scale(expNear(reduced(c, rounded.sub(ROUNDER))), n);
  }

  /// `exp(x)` for x ≤ 88, with 0 where the result would be subnormal: half the work of `exp`.
  ///
  /// One method, though it repeats `reduced` and `expNear`: in a large kernel C2 gives up inlining
  /// at some depth, and a vector that goes into a call is an object.
  static FloatVector expFlushed(FloatVector x) {
    FloatVector rounded =
        x.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, BIASED_ROUNDER));
    FloatVector n = rounded.sub(BIASED_ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2), x);
    r = n.fma(FloatVector.broadcast(FLOATS, -LN2_REST), r);
    FloatVector p = FloatVector.broadcast(FLOATS, EXP_6);
    p = p.fma(r, FloatVector.broadcast(FLOATS, EXP_5));
    p = p.fma(r, FloatVector.broadcast(FLOATS, EXP_4));
    p = p.fma(r, FloatVector.broadcast(FLOATS, EXP_3));
    p = p.fma(r, FloatVector.broadcast(FLOATS, EXP_2));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
    p = p.mul(rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats());
    return p.blend(0f, x.compare(LT, LEAST_NORMAL));
  }

  private static FloatVector nearest(FloatVector x) {
    return x.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
  }

  private static FloatVector reduced(FloatVector x, FloatVector n) {
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2), x);
    return n.fma(FloatVector.broadcast(FLOATS, -LN2_REST), r);
  }

  /// `exp(r)` for |r| ≤ ln2 / 2.
  private static FloatVector expNear(FloatVector r) {
    FloatVector p = FloatVector.broadcast(FLOATS, EXP_6);
    p = horner(p, r, EXP_5);
    p = horner(p, r, EXP_4);
    p = horner(p, r, EXP_3);
    p = horner(p, r, EXP_2);
    p = horner(p, r, 1f);
    return horner(p, r, 1f);
  }

  /// `p 2ⁿ` for -160 ≤ n ≤ 160, in two steps so that subnormal results are rounded once.
  static FloatVector scale(FloatVector p, IntVector n) {
    IntVector half = n.lanewise(ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /// `exp(x) - 1` for every float.
  static FloatVector expm1(FloatVector x) {
    FloatVector c = atMost(atLeast(x, -30f), 89f);
    FloatVector rounded = nearest(c);
    FloatVector p = expm1Near(reduced(c, rounded.sub(ROUNDER)));
    // Half of 2ⁿ, since 2¹²⁸ is no float.
    FloatVector half = powerOfTwo(rounded.reinterpretAsInts().sub(ROUNDER_BITS + 1));
    FloatVector y = half.fma(p, half.sub(0.5f)).mul(2f);
    return y.blend(x, x.abs().compare(LT, 1e-8f));
  }

  /// `exp(r) - 1` for |r| ≤ ln2 / 2.
  private static FloatVector expm1Near(FloatVector r) {
    FloatVector q = FloatVector.broadcast(FLOATS, 0.0001996339f);
    q = horner(q, r, 0.0013943755f);
    q = horner(q, r, 0.008333217f);
    q = horner(q, r, 0.04166632f);
    q = horner(q, r, 0.16666667f);
    q = horner(q, r, 0.5f);
    return q.mul(r).fma(r, r);
  }

  /// `1 / (1 + exp(-x))`.
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expFlushed(x.abs().neg());
    FloatVector low = e.div(e.add(1f));
    FloatVector high = FloatVector.broadcast(FLOATS, 1f).div(e.add(1f));
    return low.blend(high, x.compare(GT, 0f));
  }

  /// `ln(1 + exp(-|z|))`, what the softplus of z has above `max(z, 0)`.
  ///
  /// `ln(1 + e)` is `2 artanh(e / (2 + e))`: for e up to 1 that is half the work of a logarithm.
  static FloatVector softplusRest(FloatVector z) {
    FloatVector e = expFlushed(z.abs().neg());
    FloatVector s = e.div(e.add(2f));
    FloatVector w = s.mul(s);
    FloatVector q = FloatVector.broadcast(FLOATS, 0.28011984f);
    q = horner(q, w, 0.28001806f);
    q = horner(q, w, 0.40021527f);
    q = horner(q, w, 0.6666642f);
    return q.mul(w).fma(s, s.add(s));
  }

  /// The hyperbolic tangent, by `expm1(2x)`; 1 from 10 on.
  static FloatVector tanh(FloatVector x) {
    FloatVector t = expm1(atMost(x, 10f).mul(2f));
    return t.div(t.add(2f));
  }
}
