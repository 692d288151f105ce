package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Operation;

/// `y = a op b` on runs of doubles, b a run or one number: `Combinations` with half the lanes.
final class DoubleCombinations {
  private DoubleCombinations() {}

  /// `y[i] = a[i] op b[i]`, in place allowed.
  static void apply(
      Operation op, double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    switch (op) {
      case ADD -> add(y, yAt, a, aAt, b, bAt, n);
      case SUBTRACT -> subtract(y, yAt, a, aAt, b, bAt, n);
      case MULTIPLY -> multiply(y, yAt, a, aAt, b, bAt, n);
      case DIVIDE -> divide(y, yAt, a, aAt, b, bAt, n);
      case MAX -> larger(y, yAt, a, aAt, b, bAt, n);
      case MIN -> smaller(y, yAt, a, aAt, b, bAt, n);
    }
  }

  /// `y[i] = a[i] op b`, in place allowed.
  static void apply(Operation op, double[] y, int yAt, double[] a, int aAt, double b, int n) {
    switch (op) {
      case ADD -> add(y, yAt, a, aAt, b, n);
      case SUBTRACT -> subtract(y, yAt, a, aAt, b, n);
      case MULTIPLY -> multiply(y, yAt, a, aAt, b, n);
      case DIVIDE -> divide(y, yAt, a, aAt, b, n);
      case MAX -> larger(y, yAt, a, aAt, b, n);
      case MIN -> smaller(y, yAt, a, aAt, b, n);
    }
  }

  private static void add(double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).add(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] + b[bAt + i];
    }
  }

  private static void add(double[] y, int yAt, double[] a, int aAt, double b, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).add(b).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] + b;
    }
  }

  private static void subtract(
      double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).sub(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] - b[bAt + i];
    }
  }

  private static void subtract(double[] y, int yAt, double[] a, int aAt, double b, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).sub(b).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] - b;
    }
  }

  private static void multiply(
      double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).mul(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] * b[bAt + i];
    }
  }

  private static void multiply(double[] y, int yAt, double[] a, int aAt, double b, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).mul(b).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] * b;
    }
  }

  private static void divide(double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).div(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] / b[bAt + i];
    }
  }

  private static void divide(double[] y, int yAt, double[] a, int aAt, double b, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).div(b).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = a[aAt + i] / b;
    }
  }

  private static void larger(double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).max(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.max(a[aAt + i], b[bAt + i]);
    }
  }

  private static void larger(double[] y, int yAt, double[] a, int aAt, double b, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).max(b).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.max(a[aAt + i], b);
    }
  }

  private static void smaller(
      double[] y, int yAt, double[] a, int aAt, double[] b, int bAt, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).min(load(b, bAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.min(a[aAt + i], b[bAt + i]);
    }
  }

  private static void smaller(double[] y, int yAt, double[] a, int aAt, double b, int n) {
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(a, aAt + i).min(b).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.min(a[aAt + i], b);
    }
  }
}
