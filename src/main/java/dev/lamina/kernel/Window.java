package dev.lamina.kernel;

/// How a projection slides over its (already padded) input: kernel size, stride, dilation, groups.
///
/// A dense layer is `DENSE`: a 1×1 kernel on a 1×1 map.
///
/// @param kh kernel height, ≥ 1
/// @param kw kernel width, ≥ 1
/// @param stride step between windows along both axes, ≥ 1
/// @param dilation distance between kernel taps along both axes, ≥ 1
/// @param groups number of channel groups, ≥ 1; inputs and outputs are divisible by it
public record Window(int kh, int kw, int stride, int dilation, int groups) {
  /// The window of a dense layer.
  public static final Window DENSE = new Window(1, 1, 1, 1, 1);

  /// Checks that every number is at least 1.
  public Window {
    if (kh < 1 || kw < 1 || stride < 1 || dilation < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "kernel, stride, dilation and groups must be at least 1 but were "
              + kh
              + "x"
              + kw
              + ", "
              + stride
              + ", "
              + dilation
              + ", "
              + groups);
    }
  }

  /// The number of window positions down a padded map of height `h`; below 1 if it does not fit.
  public int outHeight(int h) {
    return Math.floorDiv(h - dilation * (kh - 1) - 1, stride) + 1;
  }

  /// The number of window positions across a padded map of width `w`; below 1 if it does not fit.
  public int outWidth(int w) {
    return Math.floorDiv(w - dilation * (kw - 1) - 1, stride) + 1;
  }
}
