package dev.lamina.jmh;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Random;

/// The projections of real networks, by name: the shapes that the products are measured on.
///
/// @param name layer and network
/// @param n samples of a batch
/// @param side height and width of the output
/// @param in input channels
/// @param out output channels
/// @param kernel height and width of the kernel
public record ProductShape(String name, int n, int side, int in, int out, int kernel) {
  /// Every shape, in the order of the report.
  public static final ProductShape[] ALL = {
    new ProductShape("mnist_dense", 32, 1, 784, 2000, 1),
    new ProductShape("mnist_head", 64, 1, 2000, 10, 1),
    new ProductShape("mnist_conv1", 32, 28, 1, 64, 5),
    new ProductShape("cifar_conv1", 10, 32, 3, 96, 5),
    new ProductShape("cifar_conv2", 10, 16, 96, 384, 3),
    new ProductShape("cifar_conv3", 10, 8, 384, 1536, 3),
    new ProductShape("cifar_head", 64, 1, 24576, 10, 1),
    new ProductShape("predict_dense", 1, 1, 784, 2000, 1),
    new ProductShape("odd", 3, 13, 17, 37, 3),
  };

  /// The shape of this name.
  public static ProductShape of(String name) {
    for (ProductShape shape : ALL) {
      if (shape.name.equals(name)) {
        return shape;
      }
    }
    throw new IllegalArgumentException("no product is called " + name);
  }

  /// Floating point operations of each of the three products.
  public double flops() {
    return 2.0 * n * side * side * out * in * kernel * kernel;
  }

  /// The tensors of this shape, with kernels to multiply them.
  public Operands operands(Kernels kernels) {
    int padded = side + kernel - 1;
    return new Operands(
        kernels,
        new Window(kernel, kernel, 1, 1, 1),
        random(n, padded, padded, in),
        random(out, kernel, kernel, in),
        random(n, side, side, out));
  }

  private static Tensor random(int... axes) {
    Random random = new Random(1);
    Tensor t = Tensor.zeros(DType.F32, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextGaussian());
    }
    return t;
  }

  /// Map, weights and signal of a projection; each product overwrites one of them.
  public record Operands(Kernels kernels, Window window, Tensor x, Tensor w, Tensor u) {
    /// `u = X̂ Wᵀ`.
    public void project() {
      kernels.project(u, x, w, window);
    }

    /// `gw = Uᵀ X̂`.
    public void correlate() {
      kernels.correlate(w, u, x, window, 0);
    }

    /// `gx = fold(U W)`.
    public void transport() {
      kernels.transport(x, u, w, window, 0);
    }
  }
}
