package dev.lamina.kernel;

/// How a map is enlarged before a projection: `size` cells on each side of height and width.
///
/// @param mode zeros, or reflection without repeating the edge (needs `size` < height and width)
/// @param size cells on each side, ≥ 0
public record Padding(Mode mode, int size) {
  /// What the added cells hold.
  public enum Mode {
    /// Zeros.
    ZEROS,
    /// The map mirrored at its edge: cell -i is cell i.
    REFLECT
  }

  /// No padding.
  public static final Padding NONE = new Padding(Mode.ZEROS, 0);

  /// Checks that `size` is not negative.
  public Padding {
    if (size < 0) {
      throw new IllegalArgumentException("padding must be at least 0 but was " + size);
    }
  }
}
