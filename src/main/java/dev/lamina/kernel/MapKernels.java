package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;

/// The part of the contract that works within each sample of a map: groups of channels, regions,
/// slices.
///
/// The rules of `Kernels` hold: outputs first and overwritten, sizes checked at the door
/// (`IllegalArgumentException`), bits that depend on arguments and tier alone. Maps are `[n, h, w,
/// c]`, or `[n, c]` where h = w = 1.
///
/// A *group* is an equal slice of the channels with all its positions: group g of G holds the
/// channels g c/G … (g+1) c/G - 1, that is `size = h w c/G` elements of a sample.
///
/// Formulas: `specs/phsic.md`, sections 5 and 10.
public interface MapKernels {
  /// Mean and scale of each group: `mean = Σ x / size`, `scale = (delta + Σ (x - mean)²) / size`.
  ///
  /// - `mean`, `scale` `[n, G]`; `x` a map with at least one element in each group
  void groupMoments(Tensor mean, Tensor scale, Tensor x, double delta);

  /// `r = (x - mean) / scale^p` of its group, 0 where the scale is 0; in place allowed.
  void divideGroups(Tensor r, Tensor x, Tensor mean, Tensor scale, double p);

  /// The gradient of `divideGroups` by an `x` on which mean and scale depend:
  ///
  /// ```
  /// gx = (gr - mean(gr)) / scale^p - (2p / size) Σ gr (x - mean) / scale^(p+1) · (x - mean)
  /// ```
  ///
  /// 0 where the scale is 0. Mean and sum run over the group; `gx` may be `gr`.
  void divideGroupsBackward(Tensor gx, Tensor gr, Tensor x, Tensor mean, Tensor scale, double p);

  /// The gradient of `scale^q` by the `x` that it was taken of: `gx = gv q scale^(q-1) (2 / size)
  /// (x - mean)`, 0 where the scale is 0; `gv` `[n, G]`.
  void groupPowersBackward(Tensor gx, Tensor gv, Tensor x, Tensor mean, Tensor scale, double q);

  /// Means over a grid of regions, whatever their sizes.
  ///
  /// - `y` `[n, a, b, c]`, or `[n, c]` for one region; row i of a takes the rows ⌊i h/a⌋ … ⌈(i+1)
  ///   h/a⌉ - 1 of `x` `[n, h, w, c]`, columns alike; 1 ≤ a ≤ h, 1 ≤ b ≤ w
  void regionMeans(Tensor y, Tensor x);

  /// The gradient of `regionMeans`: each mean's gradient spread evenly over its region.
  void regionMeansBackward(Tensor gx, Tensor gy);

  /// `y[.., to + j] = x[.., from + j]` for 0 ≤ j < `count`; the other columns of `y` stay.
  ///
  /// - `y` and `x` of one floating type with as many rows
  void copyColumns(Tensor y, int to, Tensor x, int from, int count);

  /// Every position of a map shows the same channels: `y[n, .., c] = x[n, c]`; of any one type.
  void spread(Tensor y, Tensor x);
}
