package dev.lamina.loss;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The gradient of every loss against differences of its value.
class LossGradientTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final double SCALE = 0.3;

  /// One of the kernels that compute a loss and its gradient.
  private interface ElementLoss {
    void compute(Tensor loss, Tensor g, Tensor x, Tensor t, double scale);
  }

  @Test
  void everyLossOfClasses() {
    for (Loss loss : List.of(new CrossEntropy(), new CrossEntropy(0.1), new Logistic())) {
      Tensor z = NUMBERS.normal("z", 6, 5);
      Tensor labels = NUMBERS.labels("labels", 6, 5);
      Tensor figures = Tensor.zeros(DType.F64, 2);
      Tensor gz = Tensor.zeros(DType.F64, 6, 5);
      loss.compute(K, figures, gz, z, labels);
      Tensor scratch = gz.copy();
      GradientCheck.verify(
          loss + ", seed " + NUMBERS.seed(),
          gz,
          z,
          () -> {
            loss.compute(K, figures, scratch, z, labels);
            return figures.get(0);
          });
    }
  }

  @Test
  void squaredAbsoluteAndLogisticError() {
    check("squared error", K::squaredError);
    check("absolute error", K::absoluteError);
    check("logistic loss", K::logisticLoss);
  }

  /// Targets are 0, so that `apart` keeps x away from the kink of the absolute error.
  private static void check(String name, ElementLoss kernel) {
    Tensor x = NUMBERS.apart("x", 6, 5);
    Tensor t = Tensor.zeros(DType.F64, 6, 5);
    Tensor loss = Tensor.zeros(DType.F64, 1);
    Tensor g = Tensor.zeros(DType.F64, 6, 5);
    kernel.compute(loss, g, x, t, SCALE);
    Tensor scratch = g.copy();
    GradientCheck.verify(
        name + ", seed " + NUMBERS.seed(),
        g,
        x,
        () -> {
          kernel.compute(loss, scratch, x, t, SCALE);
          return loss.get(0);
        });
  }
}
