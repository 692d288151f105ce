package dev.lamina.kernel;

import java.util.List;

/// The sizes at which the contract is tried: around every vector width and block, and 0 and 1.
///
/// @param lengths of vectors and rows
/// @param products shapes of projections
record Sizes(List<Integer> lengths, List<Product> products) {
  /// A projection of `n` maps `[h, w, c]` to `o` channels.
  record Product(int n, int h, int w, int c, int o, Window window) {
    int oh() {
      return window.outHeight(h);
    }

    int ow() {
      return window.outWidth(w);
    }
  }

  /// All sizes.
  static final Sizes FULL =
      new Sizes(
          List.of(
              0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 255, 257, 511,
              513, 1023, 1024, 1025),
          List.of(
              dense(0, 5, 3),
              dense(2, 0, 3),
              dense(3, 4, 0),
              dense(1, 1, 1),
              dense(2, 3, 5),
              dense(7, 8, 9),
              dense(15, 16, 17),
              dense(16, 16, 16),
              dense(31, 33, 63),
              dense(64, 65, 63),
              dense(5, 385, 33),
              dense(3, 257, 17),
              dense(2, 770, 40),
              dense(1, 1025, 2),
              dense(641, 9, 17),
              dense(1300, 3, 8),
              dense(300, 520, 260),
              conv(0, 5, 5, 3, 4, 3, 3, 1, 1, 1),
              conv(1, 3, 3, 1, 1, 3, 3, 1, 1, 1),
              conv(2, 6, 5, 3, 4, 3, 3, 1, 1, 1),
              conv(2, 9, 8, 2, 3, 3, 3, 1, 2, 1),
              conv(1, 8, 7, 2, 3, 3, 3, 2, 1, 1),
              conv(1, 11, 10, 2, 3, 3, 3, 2, 2, 1),
              conv(2, 6, 6, 4, 4, 3, 3, 1, 1, 4),
              conv(2, 5, 5, 4, 6, 3, 3, 1, 1, 2),
              conv(3, 4, 4, 2, 3, 4, 4, 1, 1, 1),
              conv(1, 12, 11, 16, 33, 3, 3, 1, 1, 1),
              conv(1, 6, 6, 130, 20, 3, 3, 1, 1, 1),
              conv(2, 4, 4, 32, 64, 1, 1, 1, 1, 2),
              conv(1, 5, 9, 3, 17, 1, 5, 1, 1, 1),
              conv(1, 9, 5, 3, 17, 5, 1, 1, 1, 1),
              conv(1, 28, 28, 1, 8, 5, 5, 1, 1, 1),
              conv(1, 10, 10, 3, 96, 5, 5, 1, 1, 1),
              conv(2, 7, 7, 17, 15, 2, 2, 2, 1, 1),
              conv(1, 9, 9, 6, 6, 3, 3, 2, 1, 3),
              conv(1, 5, 5, 64, 48, 3, 3, 1, 1, 1)));

  /// A few sizes that still cross every vector width, for runs at widths that are emulated.
  static final Sizes SMALL =
      new Sizes(
          List.of(0, 1, 7, 17, 65, 513),
          List.of(
              dense(7, 8, 9),
              dense(31, 33, 63),
              dense(5, 385, 33),
              dense(641, 9, 17),
              conv(2, 6, 5, 3, 4, 3, 3, 1, 1, 1),
              conv(2, 5, 5, 4, 6, 3, 3, 1, 1, 2),
              conv(1, 11, 10, 2, 3, 3, 3, 2, 2, 1),
              conv(1, 5, 5, 64, 48, 3, 3, 1, 1, 1)));

  private static Product dense(int n, int c, int o) {
    return new Product(n, 1, 1, c, o, Window.DENSE);
  }

  private static Product conv(
      int n, int h, int w, int c, int o, int kh, int kw, int stride, int dilation, int groups) {
    return new Product(n, h, w, c, o, new Window(kh, kw, stride, dilation, groups));
  }

  /// The lengths from `least` on.
  List<Integer> from(int least) {
    return lengths.stream().filter(n -> n >= least).toList();
  }
}
