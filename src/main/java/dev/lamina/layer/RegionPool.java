package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The mean of each region of a map, cut into a fixed number of rows and columns whatever its size.
///
/// - `x` `[n, h, w, c]`; `y` `[n, rows, columns, c]`, or `[n, c]` for the mean of the whole map
/// - region i of the rows covers ⌊i h/rows⌋ … ⌈(i+1) h/rows⌉ - 1, columns alike
///
/// Source: `specs/phsic.md`, section 10 (adaptive average pool).
public final class RegionPool implements Layer {
  private final String kind;
  private final Shape output;

  private RegionPool(String kind, Shape output) {
    this.kind = kind;
    this.output = output;
  }

  /// The mean of the whole map, as features: `global-avg-pool`.
  ///
  /// @throws IllegalArgumentException if the input is no map
  public static RegionPool global(Shape input) {
    requireRegions(input, 1, 1);
    return new RegionPool("global-avg-pool", Shape.of(input.axis(2)));
  }

  /// The means of a grid of regions, as a map: `adaptive-avg-pool`.
  ///
  /// @throws IllegalArgumentException if the map has fewer rows or columns
  public static RegionPool grid(Shape input, int rows, int columns) {
    requireRegions(input, rows, columns);
    return new RegionPool("adaptive-avg-pool", Shape.of(rows, columns, input.axis(2)));
  }

  private static void requireRegions(Shape input, int rows, int columns) {
    if (input.rank() != 3 || input.axis(0) < rows || input.axis(1) < columns) {
      throw new IllegalArgumentException(
          rows + "x" + columns + " regions do not fit a map of shape " + input);
    }
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Shape output() {
    return output;
  }

  @Override
  public void forward(Site s) {
    s.kernels().maps().regionMeans(s.y(), s.x());
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().maps().regionMeansBackward(gx, s.gy());
    }
  }
}
