package dev.lamina.analyze;

import dev.lamina.analyze.ProjectedGradientDescent.Norm;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;

/// An attack on images by one step up the loss.
///
/// ```
/// L∞:  x' = clip(x + ε sign ∇, 0, 1)
/// L2:  x' = clip(x + ε ∇ / max(‖∇‖₂, 1e-12), 0, 1)
/// ```
///
/// Source: Goodfellow, Shlens & Szegedy 2015, "Explaining and harnessing adversarial examples";
/// `specs/information.md`, section 2.6.
///
/// @param norm which length is bounded
/// @param epsilon ε ≥ 0
public record FastGradient(Norm norm, double epsilon) {
  private static final double SMALLEST_LENGTH = 1e-12;

  /// The attacked images, in [0, 1].
  ///
  /// @param origin `[n, ...]`, pixels in [0, 1]
  /// @param labels I32 `[n]`, the true classes
  public Tensor attack(PixelGradient network, Tensor origin, Tensor labels) {
    Kernels k = network.kernels();
    Tensor x = origin.copy();
    Tensor g = network.of(x, labels);
    switch (norm) {
      case LINF -> k.map(g, g, Function.SIGN);
      case L2 -> {
        Tensor lengths = ProjectedGradientDescent.lengths(k, g);
        Tensor least = Tensor.zeros(g.type(), 1);
        least.set(0, SMALLEST_LENGTH);
        k.combineColumns(lengths, lengths, least, Operation.MAX);
        k.combineRows(g, g, lengths, Operation.DIVIDE);
      }
    }
    k.addScaled(x, epsilon, g);
    ProjectedGradientDescent.clip(k, x, 0, 1);
    return x;
  }
}
