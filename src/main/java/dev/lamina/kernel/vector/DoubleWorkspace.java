package dev.lamina.kernel.vector;

/// What one thread needs while it computes in double: the part of its `Workspace` for F64.
final class DoubleWorkspace {
  /// The product that this thread computes.
  final DoubleProduct product = new DoubleProduct();

  /// The tile that this thread computes.
  final DoubleProductTile tile = new DoubleProductTile(product);

  /// The element-wise and row work of this thread.
  final DoubleElements elements = new DoubleElements();

  final DoubleFunctions functions = new DoubleFunctions();
  final DoubleRows rows = new DoubleRows();
  final Cholesky cholesky = new Cholesky(product);

  /// Memory of `DoubleLanes` for its running sums, never kept between two of its calls.
  final double[] end = new double[DoubleLanes.SUMS];
}
