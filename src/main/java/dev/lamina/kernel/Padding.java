package dev.lamina.kernel;

/// How a map is enlarged before a projection: `size` cells on each side of height and width.
///
/// @param mode zeros, reflection without repeating the edge (needs `size` < height and width), the
///   edge repeated, or the map repeated (needs `size` ≤ height and width)
/// @param size cells on each side, ≥ 0
public record Padding(Mode mode, int size) {
  /// What the added cells hold.
  public enum Mode {
    /// Zeros.
    ZEROS,
    /// The map mirrored at its edge: cell -i is cell i.
    REFLECT,
    /// The cell at the edge again and again: cell -i is cell 0.
    REPLICATE,
    /// The map once more from its other side: cell -i is cell n - i.
    CIRCULAR
  }

  /// No padding.
  public static final Padding NONE = new Padding(Mode.ZEROS, 0);

  /// Checks that `size` is not negative.
  public Padding {
    if (size < 0) {
      throw new IllegalArgumentException("padding must be at least 0 but was " + size);
    }
  }

  /// Whether a map of this height and width has the cells that are to be shown around it.
  public boolean fits(int height, int width) {
    int least = Math.min(height, width);
    return switch (mode) {
      case ZEROS, REPLICATE -> true;
      case REFLECT -> size < least;
      case CIRCULAR -> size <= least;
    };
  }

  /// The cell of a row or column of `n` that position `i` shows, -size ≤ i < n + size; -1 for a
  /// zero.
  public int source(int i, int n) {
    if (i >= 0 && i < n) {
      return i;
    }
    return switch (mode) {
      case ZEROS -> -1;
      case REFLECT -> i < 0 ? -i : 2 * (n - 1) - i;
      case REPLICATE -> i < 0 ? 0 : n - 1;
      case CIRCULAR -> i < 0 ? i + n : i - n;
    };
  }
}
