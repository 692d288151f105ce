package dev.lamina.kernel;

/// The window of a pooling layer; windows that do not fit completely are left out (floor mode).
///
/// @param kernel height and width of the window, ≥ 1
/// @param stride step between windows, ≥ 1
/// @param padding cells on each side, at most `kernel / 2`
public record Pool(int kernel, int stride, int padding) {
  /// Checks the ranges.
  public Pool {
    if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2) {
      throw new IllegalArgumentException(
          "a pool needs kernel >= 1, stride >= 1 and 0 <= padding <= kernel/2 but got kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + padding);
    }
  }

  /// The pooled length of an axis of length `n`; below 1 if no window fits.
  public int out(int n) {
    return Math.floorDiv(n + 2 * padding - kernel, stride) + 1;
  }
}
