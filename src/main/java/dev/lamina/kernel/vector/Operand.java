package dev.lamina.kernel.vector;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// One side of an F64 product: lines (rows of the left, columns of the right operand) of values
/// along k, in a plain matrix of doubles or floats.
final class Operand {
  private static final double[] NO_DOUBLES = {};
  private static final float[] NO_FLOATS = {};

  private double[] doubles = NO_DOUBLES;
  private float[] floats = NO_FLOATS;
  private boolean single;
  private boolean alongK;
  private int at;
  private int ld;

  /// Lines that are the rows of a matrix if `lieAlongK`, else its columns; rows lie `rowStep`
  /// apart.
  void of(double[] values, int start, int rowStep, boolean lieAlongK) {
    doubles = values;
    single = false;
    at = start;
    ld = rowStep;
    alongK = lieAlongK;
  }

  /// Lines of a tensor.
  void of(Tensor t, int rowStep, boolean lieAlongK) {
    of(t.type() == DType.F64 ? t.doubles() : NO_DOUBLES, t.offset(), rowStep, lieAlongK);
    single = t.type() == DType.F32;
    floats = single ? t.floats() : NO_FLOATS;
  }

  /// Forgets the memory, so that it can be collected.
  void release() {
    doubles = NO_DOUBLES;
    floats = NO_FLOATS;
  }

  /// Packs `lines` lines from `line` on, k from `from` to `to`, into panels `[to - from][stride]`
  /// one behind the other; lines up to a multiple of four are filled with anything.
  void pack(int line, int lines, int from, int to, double[] panels, int stride) {
    int depth = to - from;
    if (!alongK) {
      int start = at + from * ld + line;
      if (single) {
        DoublePanels.copy(floats, start, ld, depth, lines, panels, 0, stride);
      } else {
        DoublePanels.copy(doubles, start, ld, depth, lines, panels, 0, stride);
      }
      return;
    }
    int last = line + lines - 1;
    for (int i = 0; i < lines; i += 4) {
      int a0 = place(line + i, from);
      int a1 = place(Math.min(line + i + 1, last), from);
      int a2 = place(Math.min(line + i + 2, last), from);
      int a3 = place(Math.min(line + i + 3, last), from);
      int panelAt = DoublePanels.place(i, depth, stride);
      if (single) {
        DoublePanels.transpose(floats, a0, a1, a2, a3, depth, panels, panelAt, stride);
      } else {
        DoublePanels.transpose(doubles, a0, a1, a2, a3, depth, panels, panelAt, stride);
      }
    }
  }

  /// Whether lines can be read where they lie: `array()` from `place` on, `step()` apart.
  boolean liesInPlace() {
    return alongK && !single;
  }

  double[] array() {
    return doubles;
  }

  int step() {
    return ld;
  }

  /// The position of an element of a line along k.
  int place(int line, int k) {
    return at + line * ld + k;
  }
}
