package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static dev.lamina.kernel.vector.VectorMath.horner;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// The error function on runs of floats: 1.0 ulp for every float, -0 kept.
///
/// `x + x Q(x²)` up to 0.9375, `1 - exp(-t + t P(t))` beyond; both minimax. Two passes, since both
/// branches in one loop are more than C2 25 inlines, and the vectors would be boxed.
final class VectorErrorFunction {
  /// Where the second form begins.
  private static final float SEAM = 0.9375f;

  private VectorErrorFunction() {}

  /// `y = erf(scale x)`, in place allowed; `n` is a multiple of the lanes, at most a turn.
  static void erf(float[] y, int yAt, float[] x, int xAt, int n, float scale) {
    float[] far = Workspace.current().exponents();
    far(far, x, xAt, n, scale);
    joined(y, yAt, x, xAt, n, scale, far);
  }

  /// Up to the seam its own polynomial, beyond it `far` with the sign of x. Only methods of the
  /// Vector API are called: a helper of our own was more than C2 25 inlines behind `far`, and made
  /// two objects a vector.
  private static void joined(
      float[] y, int yAt, float[] x, int xAt, int n, float scale, float[] far) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(FLOATS, x, xAt + i).mul(scale);
      FloatVector s = v.mul(v);
      FloatVector q = FloatVector.broadcast(FLOATS, 8.2674625e-5f);
      q = q.fma(s, FloatVector.broadcast(FLOATS, -0.0008118076f));
      q = q.fma(s, FloatVector.broadcast(FLOATS, 0.00519883f));
      q = q.fma(s, FloatVector.broadcast(FLOATS, -0.026858497f));
      q = q.fma(s, FloatVector.broadcast(FLOATS, 0.11283679f));
      q = q.fma(s, FloatVector.broadcast(FLOATS, -0.37612632f));
      q = q.fma(s, FloatVector.broadcast(FLOATS, 0.12837917f));
      FloatVector near = q.fma(v, v);
      FloatVector beyond = FloatVector.fromArray(FLOATS, far, i);
      beyond = beyond.blend(beyond.neg(), v.compare(LT, 0f));
      beyond.blend(near, v.abs().compare(LE, SEAM)).intoArray(y, yAt + i);
    }
  }

  /// `erf |scale x|` from the seam on; the error of the exponent counts by `1 - erf` only.
  private static void far(float[] y, float[] x, int xAt, int n, float scale) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector t = VectorMath.atMost(load(x, xAt + i).mul(scale).abs(), 4f);
      FloatVector p = FloatVector.broadcast(FLOATS, -1.1890376e-5f);
      p = horner(p, t, 0.0003294209f);
      p = horner(p, t, -0.0036694536f);
      p = horner(p, t, 0.023819363f);
      p = horner(p, t, -0.106303655f);
      p = horner(p, t, -0.6351108f);
      p = horner(p, t, -0.12865852f);
      FloatVector e = VectorMath.expFlushed(p.fma(t, t.neg()));
      FloatVector.broadcast(FLOATS, 1f).sub(e).intoArray(y, i);
    }
  }
}
