package dev.lamina.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.LayerAtWork;
import org.junit.jupiter.api.Test;

/// Batches without variance, samples without content (`specs/softhebb.md`, section 25).
class DegenerateBatchTest {
  private static final Kernels K = new ReferenceKernels();

  private static LayerAtWork on(Tensor x, Layer layer) {
    return LayerAtWork.on(x, layer, K, new Philox(0, K));
  }

  private static BatchNorm norm(Shape shape) {
    return new BatchNorm(shape, DType.F64, false, 1e-5, 0.1, Layout.same());
  }

  @Test
  void aConstantChannelBecomesZeroAndItsRunningVarianceDecays() {
    Tensor x = Tensor.of(new double[] {7, 1, 7, 3, 7, 8}, 3, 2);
    BatchNorm layer = norm(Shape.of(2));
    Tensor y = on(x, layer).forward(Mode.LEARN);
    for (int i = 0; i < 3; i++) {
      assertEquals(0, y.get(2 * i));
    }
    assertEquals(0.9, layer.statistics().getLast().value().get(0));
  }

  @Test
  void oneSampleHasNoVariance() {
    LayerAtWork work = on(Tensor.zeros(DType.F64, 1, 2), norm(Shape.of(2)));
    LaminaException error = assertThrows(LaminaException.class, () -> work.forward(Mode.LEARN));
    assertEquals(
        "batch norm needs at least 2 values per channel to learn but the batch is [1, 2]; "
            + "choose a larger batch, or drop the last one of an epoch",
        error.getMessage());
  }

  @Test
  void oneSampleCanBeEvaluated() {
    Tensor y = on(Tensor.zeros(DType.F64, 1, 2), norm(Shape.of(2))).forward(Mode.EVALUATE);
    assertArrayEquals(new double[] {0, 0}, y.toDoubles());
  }

  @Test
  void aSampleOfZerosStaysZeroHoweverItIsScaled() {
    Tensor x = Tensor.of(new double[] {0, 0, 1, 4}, 2, 1, 1, 2);
    for (SampleNorm.By by : SampleNorm.By.values()) {
      Tensor y = on(x, new SampleNorm(Shape.of(1, 1, 2), DType.F64, by)).forward(Mode.EVALUATE);
      assertArrayEquals(new double[] {0, 0}, y.rows(0, 1).toDoubles(), by.name());
    }
  }

  @Test
  void equalChannelsLoseNothingToAttention() {
    Tensor x = Tensor.of(new double[] {2, 2, 2, 2}, 1, 1, 2, 2);
    AttentionDropout layer = new AttentionDropout(Shape.of(1, 2, 2), DType.F64, 0.5);
    Tensor y = on(x, layer).forward(Mode.LEARN);
    for (double v : y.toDoubles()) {
      assertEquals(2, v);
    }
  }
}
