package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// What the door says: the call and both shapes.
class ChecksTest {
  private final Kernels k = new ReferenceKernels();

  private static Tensor t(int... axes) {
    return Tensor.zeros(DType.F32, axes);
  }

  private static void refuses(String message, Runnable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(message, e.getMessage());
  }

  @Test
  void weightsThatDoNotFitTheMap() {
    Window g = new Window(3, 3, 1, 1, 1);
    refuses(
        "project: weights [4, 3, 3, 2] do not fit a map [1, 5, 5, 3] with " + g,
        () -> k.project(t(1, 3, 3, 4), t(1, 5, 5, 3), t(4, 3, 3, 2), g));
    refuses(
        "correlate: weights [4, 3, 3, 3] do not fit a map [1, 2, 5, 3] with " + g,
        () -> k.correlate(t(4, 3, 3, 3), t(1, 1, 3, 4), t(1, 2, 5, 3), g, 0));
  }

  @Test
  void outputsOfAnotherSizeThanTheProjection() {
    refuses(
        "transport: outputs [2, 8] must match those of map and weights [2, 1, 1, 7]",
        () -> k.transport(t(2, 5), t(2, 8), t(7, 5), Window.DENSE, 0));
  }

  @Test
  void matricesThatDoNotMeet() {
    refuses(
        "gemm: aT [3, 2] must match b [4, 5]",
        () -> k.gemm(t(2, 5), t(3, 2), true, t(4, 5), false, 0));
    refuses(
        "gemm: c [2, 4] must match the product [2, 5]",
        () -> k.gemm(t(2, 4), t(2, 3), false, t(3, 5), false, 0));
  }

  @Test
  void reflectionsBeyondTheMap() {
    refuses(
        "pad: a reflection of 3 cells needs a larger map than [1, 4, 3, 2]",
        () -> k.pad(t(1, 10, 9, 2), t(1, 4, 3, 2), new Padding(Padding.Mode.REFLECT, 3)));
    refuses(
        "unpad: a repetition of 4 cells needs a larger map than [1, 4, 3, 2]",
        () -> k.unpad(t(1, 4, 3, 2), t(1, 12, 11, 2), new Padding(Padding.Mode.CIRCULAR, 4)));
  }

  @Test
  void poolsThatDoNotFit() {
    Pool p = new Pool(3, 1, 0);
    refuses(
        "avgPool: " + p + " does not fit a map [1, 2, 2, 1]",
        () -> k.avgPool(t(1, 1, 1, 1), t(1, 2, 2, 1), p));
  }

  @Test
  void typesThatDiffer() {
    refuses(
        "softmax: F32 [2, 3] with F64 [2, 3] where one floating type is needed",
        () -> k.softmax(t(2, 3), Tensor.zeros(DType.F64, 2, 3), 1));
    refuses("argmax: F32 [2] where I32 is needed", () -> k.argmax(t(2), t(2, 3)));
  }

  @Test
  void shapesThatDiffer() {
    refuses(
        "addScaled: one tensor [3] must match the other [1, 3]",
        () -> k.addScaled(t(3), 1, t(1, 3)));
    refuses(
        "moments: channel values [4] must match channels of [2, 3]",
        () -> k.moments(t(4), t(3), t(2, 3)));
    refuses(
        "reduce: output [2, 3] must match axis 1 taken from [2, 3, 4]",
        () -> k.reduce(t(2, 3), Reduction.SUM, t(2, 3, 4), 1));
    refuses(
        "largest: group values [2] must match neurons of [5, 3]", () -> k.largest(t(2), t(5, 3)));
  }

  @Test
  void labelsOutsideTheClasses() {
    refuses(
        "oneHot: label 3 at 1 of [2] is outside the classes of [2, 3]",
        () -> k.oneHot(t(2, 3), Tensor.of(new int[] {0, 3})));
  }

  @Test
  void figuresOfNothing() {
    refuses("moments: no rows in [0, 3]", () -> k.moments(t(3), t(3), t(0, 3)));
    refuses(
        "reduce: no MAX of an empty axis in [2, 0]",
        () -> k.reduce(t(2), Reduction.MAX, t(2, 0), 1));
    refuses(
        "moveStatistics: an unbiased variance [3] needs m >= 2 but m is 1",
        () -> k.moveStatistics(t(3), t(3), t(3), t(3), 0.1, 1));
  }

  @Test
  void competitionsWithoutANeuronOfTheRank() {
    Competition how = new Competition(Competition.Form.SOFT, 1, 0, 3, Competition.Soft.EXP);
    refuses(
        "compete: [5, 4] cannot be 2 groups with a neuron of rank 3",
        () -> k.compete(t(5, 4), t(4), t(4, 4), t(5, 4), how, 2));
  }
}
