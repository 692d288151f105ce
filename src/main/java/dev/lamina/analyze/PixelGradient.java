package dev.lamina.analyze;

import dev.lamina.data.Normalization;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.network.Pass;
import dev.lamina.network.Tap;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A network as an attacker sees it: pixels in [0, 1] go in, the gradient of the loss comes out.
///
/// ```
/// z = network((x - mean) / deviation)       ∇ = ∂ Σ loss / ∂x
/// ```
///
/// The network runs in evaluation mode. Its error comes down by the paths of the pass: by the exact
/// derivative, unless `Pass.path` was told a rule's own way.
public final class PixelGradient {
  private final Pass pass;
  private final @Nullable Tensor mean;
  private final @Nullable Tensor deviation;

  /// A view of the network of a pass over all of its blocks.
  ///
  /// @param normalization what is done to pixels before the network reads them
  public PixelGradient(Pass pass, Optional<Normalization> normalization) {
    this.pass = pass;
    int channels = pass.network().input().axis(-1);
    this.mean = normalization.map(n -> channels(channels, n, true)).orElse(null);
    this.deviation = normalization.map(n -> channels(channels, n, false)).orElse(null);
  }

  private Tensor channels(int channels, Normalization n, boolean means) {
    Tensor values = Tensor.zeros(pass.network().type(), channels);
    for (int c = 0; c < channels; c++) {
      values.set(c, means ? n.mean(c) : n.deviation(c));
    }
    return values;
  }

  /// The arithmetic.
  public Kernels kernels() {
    return pass.kernels();
  }

  /// The floating type of pixels and gradients.
  public DType type() {
    return pass.network().type();
  }

  /// Turns samples as the network reads them back into pixels, in place.
  public void toPixels(Tensor samples) {
    if (mean != null && deviation != null) {
      kernels().combineColumns(samples, samples, deviation, Operation.MULTIPLY);
      kernels().combineColumns(samples, samples, mean, Operation.ADD);
    }
  }

  /// The outputs for pixels `x` `[n, ...]`; they change with the next call.
  public Tensor outputs(Tensor x) {
    pass.begin(x.axis(0));
    Tensor input = pass.input();
    input.copyFrom(x);
    if (mean != null && deviation != null) {
      kernels().combineColumns(input, input, mean, Operation.SUBTRACT);
      kernels().combineColumns(input, input, deviation, Operation.DIVIDE);
    }
    pass.evaluate(0, pass.extent().to());
    return pass.output();
  }

  /// The gradient of the loss, summed over samples, with respect to pixels `x` `[n, ...]`; it
  /// changes with the next call.
  ///
  /// @param labels I32 `[n]`
  public Tensor of(Tensor x, Tensor labels) {
    int top = pass.extent().to();
    Tensor z = outputs(x);
    pass.labels().copyFrom(labels);
    Tensor error = pass.error(top, Tap.Y);
    Tensor figures = Tensor.zeros(z.type(), 2);
    pass.network().loss().compute(kernels(), figures, error, z, labels);
    kernels().affine(error, error, x.axis(0), 0); // the loss is a mean over samples
    pass.backward(top, Tap.Y, Pass.INPUT);
    Tensor g = pass.inputError();
    if (deviation != null) {
      kernels().combineColumns(g, g, deviation, Operation.DIVIDE);
    }
    return g;
  }
}
