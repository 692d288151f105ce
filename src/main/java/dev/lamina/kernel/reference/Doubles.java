package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;

/// The way into the reference tier and out of it: tensors as arrays of doubles.
final class Doubles {
  private Doubles() {}

  /// A copy of the elements.
  static double[] of(Tensor t) {
    double[] values = new double[t.size()];
    int at = t.offset();
    switch (t.type()) {
      case F32 -> widen(values, t.floats(), at);
      case F64 -> System.arraycopy(t.doubles(), at, values, 0, values.length);
      case I32 -> widen(values, t.ints(), at);
      case U8 -> widen(values, t.bytes(), at);
    }
    return values;
  }

  /// Stores the values, rounded once to the type of `t`.
  static void store(Tensor t, double[] values) {
    int at = t.offset();
    switch (t.type()) {
      case F32 -> {
        float[] out = t.floats();
        for (int i = 0; i < t.size(); i++) {
          out[at + i] = (float) values[i];
        }
      }
      case F64 -> System.arraycopy(values, 0, t.doubles(), at, t.size());
      case I32, U8 -> {
        for (int i = 0; i < t.size(); i++) {
          t.set(i, values[i]);
        }
      }
    }
  }

  private static void widen(double[] values, float[] from, int at) {
    for (int i = 0; i < values.length; i++) {
      values[i] = from[at + i];
    }
  }

  private static void widen(double[] values, int[] from, int at) {
    for (int i = 0; i < values.length; i++) {
      values[i] = from[at + i];
    }
  }

  private static void widen(double[] values, byte[] from, int at) {
    for (int i = 0; i < values.length; i++) {
      values[i] = from[at + i] & 0xFF;
    }
  }
}
