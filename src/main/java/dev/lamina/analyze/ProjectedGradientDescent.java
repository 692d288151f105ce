package dev.lamina.analyze;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.network.Pass;
import dev.lamina.tensor.Tensor;
import java.util.Optional;

/// An attack on images: small steps up the loss, held near the original.
///
/// ```
/// L∞:  x ← clip_[0,1](clip_[x₀-ε, x₀+ε](x + α sign ∇))
/// L2:  x ← x + α ∇ / ‖∇‖₂;   x ← clip_[0,1](x₀ + (x - x₀) min(1, ε / ‖x - x₀‖₂))
/// ```
///
/// ∇ is the gradient of the network's loss, summed over samples, so that no sample depends on the
/// others; norms are of one sample. The network runs in evaluation mode and is not changed.
///
/// Source: Madry et al. 2018, "Towards Deep Learning Models Resistant to Adversarial Attacks";
/// `specs/softhebb.md`, section 19.4.
///
/// @param norm which ball
/// @param epsilon ε, its radius
/// @param step α
/// @param iterations number of steps
public record ProjectedGradientDescent(Norm norm, double epsilon, double step, int iterations) {
  /// The norms that can bound an attack.
  public enum Norm {
    /// The largest change of a pixel.
    LINF,
    /// The Euclidean length of the change.
    L2
  }

  /// The attacked images, in [0, 1].
  ///
  /// @param pass over the whole network, with room for all images
  /// @param origin x₀ `[n, ...]`
  /// @param start where to begin: x₀ + ε `start`, brought into the ball and [0, 1]; shape of x₀
  /// @param labels I32 `[n]`, the true classes
  public Tensor attack(Pass pass, Tensor origin, Tensor start, Tensor labels) {
    return attack(new PixelGradient(pass, Optional.empty()), origin, start, labels);
  }

  /// The attacked images, in [0, 1], of a network that may normalise its pixels.
  ///
  /// @param network the network, with room for all images
  /// @param origin x₀ `[n, ...]`, pixels in [0, 1]
  /// @param start where to begin: x₀ + ε `start`, brought into the ball and [0, 1]; shape of x₀
  /// @param labels I32 `[n]`, the true classes
  public Tensor attack(PixelGradient network, Tensor origin, Tensor start, Tensor labels) {
    Kernels k = network.kernels();
    Tensor x = origin.copy();
    k.addScaled(x, epsilon, start);
    project(k, x, origin);
    for (int i = 0; i < iterations; i++) {
      advance(k, x, network.of(x, labels));
      project(k, x, origin);
    }
    return x;
  }

  private void advance(Kernels k, Tensor x, Tensor g) {
    switch (norm) {
      case LINF -> k.map(g, g, Function.SIGN);
      case L2 -> k.combineRows(g, g, lengths(k, g), Operation.DIVIDE);
    }
    k.addScaled(x, step, g);
  }

  private void project(Kernels k, Tensor x, Tensor origin) {
    Tensor change = x.copy();
    k.combine(change, x, origin, Operation.SUBTRACT);
    switch (norm) {
      case LINF -> clip(k, change, -epsilon, epsilon);
      case L2 -> {
        Tensor excess = lengths(k, change);
        k.affine(excess, excess, 1 / epsilon, 0);
        k.combineColumns(excess, excess, number(x, 1), Operation.MAX);
        k.combineRows(change, change, excess, Operation.DIVIDE);
      }
    }
    k.combine(x, origin, change, Operation.ADD);
    clip(k, x, 0, 1);
  }

  static Tensor lengths(Kernels k, Tensor x) {
    int n = x.axis(0);
    Tensor lengths = Tensor.zeros(x.type(), n);
    k.reduce(lengths, Reduction.NORM_2, x.reshape(n, x.size() / Math.max(1, n)), 1);
    return lengths;
  }

  static void clip(Kernels k, Tensor x, double low, double high) {
    k.combineColumns(x, x, number(x, low), Operation.MAX);
    k.combineColumns(x, x, number(x, high), Operation.MIN);
  }

  private static Tensor number(Tensor like, double value) {
    Tensor number = Tensor.zeros(like.type(), 1);
    number.set(0, value);
    return number;
  }
}
