package dev.lamina.kernel.reference;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Pool;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// Padding and pooling (`specs/operations.md`, sections 1 and 3).
final class ReferenceMaps {
  private static final int NOWHERE = -1;

  private ReferenceMaps() {}

  static void pad(Tensor y, Tensor x, Padding p) {
    double[] from = Doubles.of(x);
    double[] to = new double[y.size()];
    int c = x.axis(-1);
    int[] source = sources(y, x, p);
    for (int cell = 0; cell < source.length; cell++) {
      for (int i = 0; i < c && source[cell] != NOWHERE; i++) {
        to[cell * c + i] = from[source[cell] * c + i];
      }
    }
    Doubles.store(y, to);
  }

  static void unpad(Tensor gx, Tensor gy, Padding p) {
    double[] from = Doubles.of(gy);
    double[] to = new double[gx.size()];
    int c = gx.axis(-1);
    int[] source = sources(gy, gx, p);
    for (int cell = 0; cell < source.length; cell++) {
      for (int i = 0; i < c && source[cell] != NOWHERE; i++) {
        to[source[cell] * c + i] += from[cell * c + i];
      }
    }
    Doubles.store(gx, to);
  }

  /// The cell of the map that each cell of the padded map shows, or `NOWHERE` for a zero.
  private static int[] sources(Tensor padded, Tensor map, Padding p) {
    int ph = MapChecks.height(padded);
    int pw = MapChecks.width(padded);
    int h = MapChecks.height(map);
    int w = MapChecks.width(map);
    int[] source = new int[map.axis(0) * ph * pw];
    for (int cell = 0; cell < source.length; cell++) {
      int y = p.source(cell / pw % ph - p.size(), h);
      int x = p.source(cell % pw - p.size(), w);
      boolean outside = y == NOWHERE || x == NOWHERE;
      source[cell] = outside ? NOWHERE : (cell / pw / ph * h + y) * w + x;
    }
    return source;
  }

  /// What is done with each cell of the map that lies under the window of a pooled cell.
  private interface Meeting {
    void of(int pooled, int map, int position);
  }

  static void maxPool(Tensor y, Tensor at, Tensor x, Pool p) {
    double[] from = Doubles.of(x);
    double[] most = new double[y.size()];
    double[] where = new double[y.size()];
    Arrays.fill(where, NOWHERE);
    walk(
        y,
        x,
        p,
        (pooled, map, position) -> {
          double value = from[map];
          boolean firstNaN = Double.isNaN(value) && !Double.isNaN(most[pooled]);
          if (where[pooled] == NOWHERE || value > most[pooled] || firstNaN) {
            most[pooled] = value;
            where[pooled] = position;
          }
        });
    Doubles.store(y, most);
    Doubles.store(at, where);
  }

  static void maxPoolBackward(Tensor gx, Tensor gy, Tensor at, Pool p) {
    double[] from = Doubles.of(gy);
    double[] to = new double[gx.size()];
    double[] where = Doubles.of(at);
    walk(
        gy,
        gx,
        p,
        (pooled, map, position) -> {
          if (where[pooled] == position) {
            to[map] += from[pooled];
          }
        });
    Doubles.store(gx, to);
  }

  static void avgPool(Tensor y, Tensor x, Pool p) {
    double[] from = Doubles.of(x);
    double[] to = new double[y.size()];
    walk(y, x, p, (pooled, map, position) -> to[pooled] += from[map]);
    ReferenceElements.each(to, sum -> sum / (p.kernel() * p.kernel()));
    Doubles.store(y, to);
  }

  static void avgPoolBackward(Tensor gx, Tensor gy, Pool p) {
    double[] from = Doubles.of(gy);
    double[] to = new double[gx.size()];
    walk(gy, gx, p, (pooled, map, position) -> to[map] += from[pooled]);
    ReferenceElements.each(to, sum -> sum / (p.kernel() * p.kernel()));
    Doubles.store(gx, to);
  }

  private static void walk(Tensor pooled, Tensor map, Pool p, Meeting meeting) {
    int oh = MapChecks.height(pooled);
    int ow = MapChecks.width(pooled);
    for (int cell = 0; cell < pooled.axis(0) * oh * ow; cell++) {
      int top = cell / ow % oh * p.stride() - p.padding();
      int left = cell % ow * p.stride() - p.padding();
      window(cell, top, left, map, p, meeting);
    }
  }

  /// The real cells of one window in row-major order, all channels of each.
  private static void window(int cell, int top, int left, Tensor map, Pool p, Meeting meeting) {
    int h = MapChecks.height(map);
    int w = MapChecks.width(map);
    int c = map.axis(-1);
    int n = cell / (p.out(h) * p.out(w));
    for (int y = Math.max(0, top); y < Math.min(h, top + p.kernel()); y++) {
      for (int x = Math.max(0, left); x < Math.min(w, left + p.kernel()); x++) {
        for (int i = 0; i < c; i++) {
          meeting.of(cell * c + i, ((n * h + y) * w + x) * c + i, y * w + x);
        }
      }
    }
  }
}
