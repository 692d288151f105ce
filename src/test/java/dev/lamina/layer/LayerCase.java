package dev.lamina.layer;

import dev.lamina.kernel.Philox;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.LayerAtWork;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// A layer whose backward is held against differences of its forward.
///
/// @param input shape of an input sample
/// @param mode how the batch is treated
record LayerCase(String name, Layer layer, Shape input, Mode mode) {
  /// The test on a batch of this size.
  DynamicTest test(int batch, Numbers numbers) {
    return DynamicTest.dynamicTest(
        name + " (seed " + numbers.seed() + ")", () -> verify(batch, numbers));
  }

  /// The function is Σ r y with random r, so its gradient by y is r.
  private void verify(int batch, Numbers numbers) {
    List<Parameter> parameters =
        new Chain(name, List.of(layer), List.of(layer.kind())).parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor value = parameters.get(i).value();
      value.copyFrom(numbers.normal(parameters.get(i).name() + i, value.shape().axes()));
    }
    Tensor x = numbers.apart("x", input.batch(batch).axes());
    LayerAtWork work =
        LayerAtWork.on(x, layer, numbers.kernels(), new Philox(numbers.seed(), numbers.kernels()));
    Tensor r = numbers.normal("r", layer.output().batch(batch).axes());
    work.forward(mode);
    Tensor gx = work.backward(r.copy());
    List<Tensor> gradients = parameters.stream().map(p -> p.gradient().copy()).toList();
    GradientCheck.verify("x", gx, x, () -> product(r, work.forward(mode)));
    for (int i = 0; i < gradients.size(); i++) {
      Parameter p = parameters.get(i);
      GradientCheck.verify(
          p.name() + i, gradients.get(i), p.value(), () -> product(r, work.forward(mode)));
    }
  }

  static double product(Tensor r, Tensor y) {
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += r.get(i) * y.get(i);
    }
    return sum;
  }
}
