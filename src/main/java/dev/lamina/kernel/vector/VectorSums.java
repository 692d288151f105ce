package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Activation;

/// Sums of powers of magnitudes along a row.
///
/// Squares are summed straight away. Other powers are made in scratch memory, 512 at a time, and
/// each piece is summed by `Lanes`; the pieces are added in order.
final class VectorSums {
  private static final Activation MAGNITUDE = Activation.of(Activation.Kind.REPU);

  private VectorSums() {}

  /// `Σ |a[i]|`.
  static float magnitudes(float[] a, int at, int n) {
    return powers(a, at, n, MAGNITUDE);
  }

  /// `Σ |a[i]|^p`, p the parameter of a REPU.
  static float powers(float[] a, int at, int n, Activation power) {
    if (power.parameter() == 2) {
      return Lanes.dot(a, at, a, at, n);
    }
    float[] piece = Workspace.current().piece();
    float sum = 0;
    for (int i = 0; i < n; i += Workspace.PIECE) {
      int count = Math.min(Workspace.PIECE, n - i);
      absolute(piece, a, at + i, count);
      if (power.parameter() != 1) {
        VectorActivations.apply(power, piece, 0, piece, 0, count, 0f);
      }
      sum += Lanes.sum(piece, 0, count);
    }
    return sum;
  }

  private static void absolute(float[] to, float[] a, int at, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(a, at + i).abs().intoArray(to, i);
    }
    for (; i < n; i++) {
      to[i] = Math.abs(a[at + i]);
    }
  }
}
