package dev.lamina.layer;

import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// A layer with a weight matrix `W [out, in]`, where `in` runs over a patch: dense or convolution.
///
/// Every learning rule of Lamina is a way to choose the signal and the matrix of its three
/// products.
public interface Projection extends Layer {
  /// `W`, `[o, kh, kw, c / groups]` or `[o, in]`.
  Parameter weight();

  /// The weights that the forward used: `W`, or the function of it that the layer projects with.
  Tensor seen(Site s);

  /// The padded input `x̄` that the forward read.
  Tensor padded(Site s);

  /// The norm order ℓ of the weights; 2 unless a Hebbian layer says otherwise.
  double order();

  /// The shape of one input sample, not yet padded.
  Shape input();

  /// How the input is enlarged.
  Padding padding();

  /// How the kernel slides.
  Window window();

  /// The shape of one sample of the padded input `x̄`.
  default Shape paddedInput() {
    int p = 2 * padding().size();
    return p == 0 ? input() : Shape.of(input().axis(0) + p, input().axis(1) + p, input().axis(2));
  }

  /// The number of inputs of one output: the size of a patch.
  default int fanIn() {
    return weight().value().size() / weight().value().axis(0);
  }
}
