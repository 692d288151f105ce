package dev.lamina.kernel.vector;

/// The K blocks of products, which fix their bits: to every element its block sums are added in
/// order, each one chain of `fma` that starts at 0.
///
/// - up to 384 products are one chain
/// - a convolution with more is cut into its kernel rows, each into equal parts of at most 384 (the
///   last may be shorter)
/// - a dense product, a 1×1 convolution or a Gram matrix with more is cut into parts of 256
/// - sums over samples and positions (`correlate`) are cut into parts of 640
///
/// A change is a change of numerics: recorded hashes no longer hold.
final class Blocks {
  /// Products that are one chain, and the most of a part of a kernel row.
  static final int CHAIN = 384;

  /// The part of a dense product.
  static final int DENSE = 256;

  /// The part of a sum over samples and positions.
  static final int POSITIONS = 640;

  private Blocks() {}

  /// Sets the blocks of a dense product over `k`.
  static void dense(Product product, int k) {
    product.blocks(Math.max(1, k), k <= CHAIN ? CHAIN : DENSE);
  }

  /// Sets the blocks of a sum over `k` positions.
  static void positions(Product product, int k) {
    product.blocks(Math.max(1, k), POSITIONS);
  }

  /// Sets the blocks of a convolution with `kernelRows` runs of `row` products.
  static void convolution(Product product, int kernelRows, int kernelColumns, int channels) {
    int row = kernelColumns * channels;
    int k = kernelRows * row;
    if (kernelRows * kernelColumns == 1 || k <= CHAIN) {
      dense(product, k);
    } else {
      product.blocks(row, Math.ceilDiv(row, Math.ceilDiv(row, CHAIN)));
    }
  }
}
