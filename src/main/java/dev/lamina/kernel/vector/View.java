package dev.lamina.kernel.vector;

import java.util.Arrays;

/// A matrix as it lies in memory, without being built: the patches of a map, weights, a plain
/// matrix.
///
/// ```
/// element (r, q) = array[at + group * groupStep + place of r + offset of q]
/// place of r  = o * outerStep + m * middleStep + i * innerStep     r = (o * middle + m) * inner + i
/// offset of q = offsets[q / run] + q % run
/// ```
///
/// So rows are three nested counters (sample, image row, pixel) and columns are runs of values that
/// lie side by side (kernel row, then kernel column and channel). A view is reused from call to
/// call.
final class View {
  private static final float[] NONE = {};

  /// Rows whose columns are packed together, so that their lines are still in L1 for the next run.
  private static final int CHUNK = 128;

  float[] array = NONE;
  int run;
  private int at;
  private int groupStep;
  private int outerStep;
  private int middle;
  private int middleStep;
  private int inner;
  private int innerStep;
  private int[] offsets = new int[1];

  /// The view of a plain matrix whose rows lie `ld` apart.
  View matrix(float[] values, int start, int ld) {
    return of(values, start, 0).rows(ld).oneRun();
  }

  /// Sets the memory; rows and runs must follow.
  View of(float[] values, int start, int betweenGroups) {
    array = values;
    at = start;
    groupStep = betweenGroups;
    return this;
  }

  /// Sets how rows are counted: counters that walk on evenly become one.
  View rows(int betweenOuter, int middles, int betweenMiddles, int inners, int betweenInners) {
    outerStep = betweenOuter;
    middle = Math.max(1, middles);
    middleStep = betweenMiddles;
    inner = Math.max(1, inners);
    innerStep = betweenInners;
    if (inner == 1) {
      inner = middle;
      innerStep = middleStep;
      middle = 1;
    } else if (middle > 1 && middleStep == inner * innerStep) {
      inner *= middle;
      middle = 1;
    }
    if (middle == 1 && inner == 1) {
      return rows(betweenOuter);
    }
    return middle == 1 && outerStep == inner * innerStep ? rows(innerStep) : this;
  }

  /// Rows lie `step` apart.
  View rows(int step) {
    middle = 1;
    inner = Integer.MAX_VALUE;
    innerStep = step;
    return this;
  }

  /// The columns are one run.
  View oneRun() {
    run = Integer.MAX_VALUE;
    offsets[0] = 0;
    return this;
  }

  /// The columns are `count` runs of `length`; `runAt` sets where each begins.
  View runs(int length, int count) {
    run = Math.max(1, length);
    if (offsets.length < count) {
      offsets = Arrays.copyOf(offsets, count);
    }
    return this;
  }

  /// Sets where run `index` begins, relative to the row.
  void runAt(int index, int offset) {
    offsets[index] = offset;
  }

  /// Forgets the memory, so that it can be collected.
  void release() {
    array = NONE;
  }

  /// The position in `array` of row `r`.
  int place(int group, int r) {
    int m = r / inner;
    int o = m / middle;
    return at
        + group * groupStep
        + o * outerStep
        + (m - o * middle) * middleStep
        + (r - m * inner) * innerStep;
  }

  /// The offset of column `q` in its row.
  int offset(int q) {
    return offsets[q / run] + q % run;
  }

  /// The distance between the `rows` rows from `r` on if it is the same for all, else -1.
  int stride(int r, int rows) {
    return r % inner + rows <= inner ? innerStep : -1;
  }

  /// Fills `places` with the positions of `count` rows from `r` on.
  void places(int group, int r, int count, int[] places) {
    int filled = 0;
    while (filled < count) {
      int place = place(group, r + filled);
      int together = Math.min(count - filled, inner - (r + filled) % inner);
      for (int i = 0; i < together; i++) {
        places[filled + i] = place + i * innerStep;
      }
      filled += together;
    }
  }

  /// Packs columns `from` to `to` of `count` rows so that rows lie side by side: `panel[at]` is
  /// `[to - from][stride]`, and up to three more lines after it may be overwritten.
  void packRows(
      int group, int r, int count, int from, int to, float[] panel, int panelAt, int stride) {
    int last = r + count - 1;
    for (int i = 0; i < count; i += 4) {
      int a0 = place(group, r + i);
      int a1 = place(group, Math.min(r + i + 1, last));
      int a2 = place(group, Math.min(r + i + 2, last));
      int a3 = place(group, Math.min(r + i + 3, last));
      int q = from;
      while (q < to) {
        int length = Math.min(to - q, run - q % run);
        int offset = offset(q);
        // Whole fours: what is read too far is overwritten by the next run or never used.
        int fours = (length + 3) & -4;
        int end = Math.max(Math.max(a0, a1), Math.max(a2, a3)) + offset + fours;
        Packing.transpose(
            array,
            a0 + offset,
            a1 + offset,
            a2 + offset,
            a3 + offset,
            end <= array.length ? fours : length,
            panel,
            panelAt + (q - from) * stride + i,
            stride);
        q += length;
      }
    }
  }

  /// Packs `width` columns from `q` on of the `count` rows at `places`: panel i is
  /// `[count][stride]` at `panelAt + i * count * stride`.
  void packColumns(
      int[] places, int count, int q, int width, float[] panels, int panelAt, int stride) {
    for (int first = 0; first < count; first += CHUNK) {
      int rows = Math.min(CHUNK, count - first);
      for (int done = 0; done < width; ) {
        int within = done % stride;
        int length = Math.min(Math.min(width - done, stride - within), run - (q + done) % run);
        int line = done / stride * count + first;
        int at = panelAt + line * stride + within;
        Packing.gather(array, places, first, offset(q + done), rows, length, panels, at, stride);
        done += length;
      }
    }
  }
}
