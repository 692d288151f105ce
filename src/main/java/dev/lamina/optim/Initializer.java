package dev.lamina.optim;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;

/// The distribution of initial weights.
public sealed interface Initializer {
  /// Fills `w` from stream `stream`.
  ///
  /// @param w the weights in the outside order (OIHW), so that a published drawing can be matched
  /// @param fanIn number of inputs of one output
  void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream);

  /// A law with mean 0 whose spread is known.
  sealed interface Centred extends Initializer {
    /// The standard deviation of each number.
    ///
    /// @param w the weights in the outside order, for their shape
    double deviation(Tensor w, int fanIn);
  }

  /// The number of outputs that one input reaches: `o·kh·kw` of `[o, i, kh, kw]`, `o` of `[o, i]`
  /// and of the bias of a dense layer.
  static int fanOut(Tensor w) {
    return w.shape().rank() < 3 ? w.axis(0) : w.size() / w.axis(1);
  }

  /// `U(-1/√fan, 1/√fan)`: the frameworks' default for dense and convolution weights and biases.
  record FanIn() implements Centred {
    @Override
    public double deviation(Tensor w, int fanIn) {
      return 1 / StrictMath.sqrt(3.0 * fanIn);
    }

    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      double bound = 1 / StrictMath.sqrt(fanIn);
      draws.uniform(w, stream, 0);
      kernels.affine(w, w, 2 * bound, -bound);
    }
  }

  /// `U(-a, a)` with `a = √(6 / (fan-in + fan-out))`.
  ///
  /// Source: Glorot & Bengio 2010; `specs/weight-transport.md`, section 5.2.
  record Xavier() implements Centred {
    @Override
    public double deviation(Tensor w, int fanIn) {
      return StrictMath.sqrt(2.0 / (fanIn + fanOut(w)));
    }

    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      double bound = StrictMath.sqrt(6.0 / (fanIn + fanOut(w)));
      draws.uniform(w, stream, 0);
      kernels.affine(w, w, 2 * bound, -bound);
    }
  }

  /// `σ N(0, 1)` with `σ = √(1 / (fan-in + fan-out))`.
  ///
  /// Source: Akrout et al. 2019; `specs/weight-transport.md`, section 3.1.
  record NormalFan() implements Centred {
    @Override
    public double deviation(Tensor w, int fanIn) {
      return StrictMath.sqrt(1.0 / (fanIn + fanOut(w)));
    }

    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      draws.normal(w, stream, 0);
      kernels.affine(w, w, deviation(w, fanIn), 0);
    }
  }

  /// `σ N(0, 1)` with `σ = (R^ℓ / (n m_ℓ))^(1/ℓ)`, so that E‖w‖_ℓ^ℓ = R^ℓ for fan-in n; `m_ℓ` is
  /// the absolute moment of the normal distribution.
  ///
  /// Source: `specs/softhebb.md`, section 2.
  ///
  /// @param radius R
  /// @param order norm order ℓ, a whole number ≥ 1
  record NormalRadius(double radius, int order) implements Initializer {
    /// The standard deviation σ for fan-in n.
    public double scale(int n) {
      double moment = order % 2 == 1 ? StrictMath.sqrt(2 / StrictMath.PI) : 1;
      for (int i = order - 1; i > 1; i -= 2) {
        moment *= i;
      }
      return StrictMath.pow(StrictMath.pow(radius, order) / (n * moment), 1.0 / order);
    }

    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      draws.normal(w, stream, 0);
      kernels.affine(w, w, scale(fanIn), 0);
    }
  }

  /// `a U[0, 1)` with `a = ((ℓ+1) R^ℓ / n)^(1/ℓ)`, so that E‖w‖_ℓ^ℓ = R^ℓ for fan-in n.
  ///
  /// Source: `specs/softhebb.md`, section 2.
  ///
  /// @param radius R
  /// @param order norm order ℓ ≥ 1
  record PositiveRadius(double radius, int order) implements Initializer {
    /// The upper end a for fan-in n.
    public double scale(int n) {
      return StrictMath.pow((order + 1) * StrictMath.pow(radius, order) / n, 1.0 / order);
    }

    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      draws.uniform(w, stream, 0);
      kernels.affine(w, w, scale(fanIn), 0);
    }
  }

  /// `low + (high - low) U[0, 1)`.
  ///
  /// @param low lower end
  /// @param high upper end
  record Uniform(double low, double high) implements Initializer {
    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      draws.uniform(w, stream, 0);
      kernels.affine(w, w, high - low, low);
    }
  }

  /// The same value everywhere.
  ///
  /// @param value the value
  record Constant(double value) implements Initializer {
    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      kernels.fill(w, value);
    }
  }

  /// `ln(1/o) / T` everywhere, o the number of elements: the bias of a uniform prior.
  ///
  /// Source: `specs/softhebb.md`, section 6.
  ///
  /// @param inverseTemperature T > 0
  record UniformPrior(double inverseTemperature) implements Initializer {
    @Override
    public void fill(Tensor w, int fanIn, Draws draws, Kernels kernels, String stream) {
      kernels.fill(w, -StrictMath.log(w.size()) / inverseTemperature);
    }
  }
}
