package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static dev.lamina.kernel.vector.VectorMath.ROUNDER;
import static dev.lamina.kernel.vector.VectorMath.horner;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Powers `xᵖ` of runs of non-negative floats: `2^(p log2 x)` with the exponent in two floats.
///
/// 1.4 ulp for |p| ≤ 3, 3.1 ulp for |p| ≤ 16, 0 for results below 2⁻¹²⁶; about 65 flops per
/// element. Two passes through 512 floats of scratch, logarithms first: in one loop they are more
/// than C2 25 inlines (`NodeCountInliningCutoff`), and the vectors are boxed: 5 ns per element
/// instead of 0.6.
final class VectorPowers {
  /// Elements per turn; the exponents of a turn stay in L1.
  static final int TURN = 256;

  private static final float LOG2_E = 1.442695f;
  private static final float LOG2_E_REST = 1.925963e-8f;

  private VectorPowers() {}

  /// `y = xᵖ` for x ≥ 0 (NaN below), in place allowed; `n` is a multiple of the lanes.
  ///
  /// `0ᵖ` is 0, 1 or ∞ for p above, at or below 0; NaN stays NaN.
  static void raise(float[] y, int yAt, float[] x, int xAt, int n, float p) {
    float[] exponents = Workspace.current().exponents();
    for (int i = 0; i < n; i += TURN) {
      int count = Math.min(TURN, n - i);
      logarithms(exponents, x, xAt + i, count, p);
      powers(y, yAt + i, exponents, x, xAt + i, count, p);
    }
  }

  /// `p log2 x` in two floats: the sum at i, what the sum lost at `TURN + i`.
  private static void logarithms(float[] to, float[] x, int xAt, int n, float p) {
    FloatVector factor = FloatVector.broadcast(FLOATS, p);
    FloatVector log2e = FloatVector.broadcast(FLOATS, LOG2_E);
    FloatVector log2eRest = FloatVector.broadcast(FLOATS, LOG2_E_REST);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xAt + i);
      VectorMask<Float> tiny = v.compare(LT, Float.MIN_NORMAL);
      FloatVector u = v.blend(v.mul(0x1p23f), tiny);
      IntVector e = VectorLogarithms.exponent(u);
      FloatVector k = VectorLogarithms.toFloat(e);
      k = k.blend(k.sub(23f), tiny);
      FloatVector f = VectorLogarithms.mantissa(u, e).sub(1f);
      FloatVector high = f.mul(log2e);
      FloatVector low = f.fma(log2eRest, f.fma(log2e, high.neg()));
      low = VectorLogarithms.curve(f).fma(log2e, low);
      FloatVector a = k.mul(factor);
      FloatVector b = high.mul(factor);
      FloatVector rest = k.fma(factor, a.neg()).add(high.fma(factor, b.neg()));
      rest = low.fma(factor, rest);
      FloatVector sum = a.add(b).add(rest);
      sum.intoArray(to, i);
      a.sub(sum).add(b).add(rest).intoArray(to, TURN + i);
    }
  }

  /// `y = 2^exponent`, right also where x is 0, infinite or NaN.
  private static void powers(
      float[] y, int yAt, float[] exponents, float[] x, int xAt, int n, float p) {
    float atZero = p > 0 ? 0f : p == 0 ? 1f : Float.POSITIVE_INFINITY;
    float atInfinity = p > 0 ? Float.POSITIVE_INFINITY : p == 0 ? 1f : 0f;
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xAt + i);
      FloatVector s = exp2(load(exponents, i), load(exponents, TURN + i));
      s = s.blend(atZero, v.compare(EQ, 0f));
      s = s.blend(atInfinity, v.compare(EQ, Float.POSITIVE_INFINITY));
      s.blend(Float.NaN, v.compare(LT, 0f)).blend(v, v.compare(EQ, v).not()).intoArray(y, yAt + i);
    }
  }

  /// `2^(sum + rest)`, where `rest` is small; 0 instead of a subnormal float.
  private static FloatVector exp2(FloatVector sum, FloatVector rest) {
    FloatVector rounded = sum.add(ROUNDER);
    FloatVector r = sum.sub(rounded.sub(ROUNDER)).add(rest);
    FloatVector q = FloatVector.broadcast(FLOATS, 0.00015596292f);
    q = horner(q, r, 0.0013407258f);
    q = horner(q, r, 0.009617685f);
    q = horner(q, r, 0.05550309f);
    q = horner(q, r, 0.24022652f);
    q = horner(q, r, 0.69314724f);
    q = horner(q, r, 1f);
    IntVector n = rounded.reinterpretAsInts().lanewise(LSHL, 23);
    FloatVector s = q.reinterpretAsInts().add(n).reinterpretAsFloats();
    s = s.blend(Float.POSITIVE_INFINITY, sum.compare(GE, 128f));
    return s.blend(0f, sum.compare(LT, -126f));
  }
}
