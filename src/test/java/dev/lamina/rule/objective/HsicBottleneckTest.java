package dev.lamina.rule.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.network.Weights;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the HSIC bottleneck keeps, whatever the numbers (`specs/hsic-bottleneck.md`, section 16).
class HsicBottleneckTest {
  private static final Settings RULE = Settings.empty().with("beta", 20).with("sigma", 2);

  private static SmallHsicNetwork small() {
    return new SmallHsicNetwork(RULE);
  }

  @Test
  void aBlockAloneChangesNoOtherBlock() {
    SmallHsicNetwork n = small();
    Map<String, Tensor> before = n.tensors();
    n.train(SmallHsicNetwork.phase("b2"));
    n.tensors()
        .forEach((name, after) -> {
          boolean same = Arrays.equals(before.get(name).toDoubles(), after.toDoubles());
          assertEquals(!name.startsWith("b2."), same, name);
        });
  }

  @Test
  void biasesOnlyDecay() {
    SmallHsicNetwork n = small();
    Map<String, Tensor> before = n.tensors();
    n.train(SmallHsicNetwork.all());
    double decay = Math.pow(1 - 0.01 * 0.1, n.batches.size());
    for (String name : List.of("b1.dense.bias", "b2.dense.bias", "b3.dense.bias")) {
      double[] want =
          Arrays.stream(before.get(name).toDoubles()).map(bias -> bias * decay).toArray();
      Close.verify(name, want, n.tensor(name).toDoubles());
    }
  }

  @Test
  void withoutARateRepeatedBatchesHaveTheSameDependences() {
    Described rule = new Described("hsic-bottleneck", RULE);
    SmallHsicNetwork n = small();
    Map<String, Tensor> before = n.tensors();
    Settings phase = SmallHsicNetwork.all().with("epochs", 2).with("rate", 1e-300);
    n.train(phase.with("optimizer", "sgd"));
    int batches = n.batches.size() / 2;
    for (int i = 0; i < batches; i++) {
      for (String figure : List.of("b1_last_hx", "b3_last_hx", "b3_last_hy")) {
        assertEquals(n.batches.get(i).get(figure), n.batches.get(batches + i).get(figure), figure);
      }
    }
    assertArrayEquals(
        before.get("b1.dense.weight").toDoubles(),
        n.tensor("b1.dense.weight").toDoubles(),
        rule.kind());
  }

  /// Rows of b1 and columns of b2 change places together.
  @Test
  void theOrderOfUnitsDoesNotMatter() {
    SmallHsicNetwork plain = small();
    SmallHsicNetwork permuted = small();
    Map<String, Tensor> tensors = permuted.tensors();
    reverseRows(tensors.get("b1.dense.weight"));
    reverseRows(tensors.get("b1.dense.bias"));
    reverseColumns(tensors.get("b2.dense.weight"));
    Weights.copyInto(permuted.network, tensors);
    plain.train(SmallHsicNetwork.all());
    permuted.train(SmallHsicNetwork.all());
    Close.verify(
        "b3.dense.weight", plain.tensor("b3.dense.weight"), permuted.tensor("b3.dense.weight"));
    Tensor back = permuted.tensor("b1.dense.weight");
    reverseRows(back);
    Close.verify("b1.dense.weight", plain.tensor("b1.dense.weight"), back);
  }

  private static void reverseRows(Tensor t) {
    int columns = t.size() / t.axis(0);
    Tensor copy = t.copy();
    for (int i = 0; i < t.size(); i++) {
      t.set(i, copy.get((t.axis(0) - 1 - i / columns) * columns + i % columns));
    }
  }

  private static void reverseColumns(Tensor t) {
    int columns = t.axis(1);
    Tensor copy = t.copy();
    for (int i = 0; i < t.size(); i++) {
      t.set(i, copy.get(i / columns * columns + columns - 1 - i % columns));
    }
  }

  @Test
  void theThreadsDoNotMatter() {
    Kernels reference = new ReferenceKernels();
    SmallHsicNetwork one = new SmallHsicNetwork(RULE, new VectorKernels(1, reference));
    SmallHsicNetwork three = new SmallHsicNetwork(RULE, new VectorKernels(3, reference));
    Settings phase = SmallHsicNetwork.all().with("statistics", "per-pass");
    assertEquals(hash(one.train(phase).network), hash(three.train(phase).network));
  }

  private static String hash(Network network) {
    return Weights.sha256(network);
  }

  /// In a network of two tensors a block both groupings are the same.
  @Test
  void theOriginalGroupingTrainsTensorsByTheirNumbers() {
    SmallHsicNetwork original = new SmallHsicNetwork(RULE.with("grouping", "original"));
    assertEquals(
        hash(small().train(SmallHsicNetwork.all()).network),
        hash(original.train(SmallHsicNetwork.all()).network));
  }

  @Test
  void statisticsMoveOncePerPassOrNotAtAll() {
    Settings once = SmallHsicNetwork.all();
    Tensor moved = small().train(once).tensor("b1.batch-norm.running-mean");
    Tensor movedOften =
        small().train(once.with("statistics", "per-pass")).tensor("b1.batch-norm.running-mean");
    Tensor still =
        small().train(once.with("statistics", "none")).tensor("b1.batch-norm.running-mean");
    assertArrayEquals(new double[still.size()], still.toDoubles());
    // the first batch alone moves by a share of 1 - 0.9 against 1 - 0.9^4
    assertTrue(norm(movedOften) > 1.5 * norm(moved), moved + " " + movedOften);
  }

  private static double norm(Tensor t) {
    return Math.sqrt(Arrays.stream(t.toDoubles()).map(v -> v * v).sum());
  }

  @Test
  void theWeightsDoNotDependOnHowStatisticsMove() {
    Settings phase = SmallHsicNetwork.all();
    double[] once = small().train(phase).tensor("b3.dense.weight").toDoubles();
    for (String how : List.of("per-pass", "none", "refit")) {
      double[] other =
          small().train(phase.with("statistics", how)).tensor("b3.dense.weight").toDoubles();
      assertArrayEquals(once, other, how);
    }
  }

  /// `a = x Wᵀ + b` is linear, so its mean over all samples is that of the mean sample.
  @Test
  void refittedStatisticsAreThoseOfTheWholeSet() {
    SmallHsicNetwork n = small();
    Settings evaluation = Settings.empty().with("batch", 6);
    n.train(SmallHsicNetwork.all().with("statistics", "refit").with("evaluation", evaluation));
    Tensor w = n.tensor("b1.dense.weight");
    Tensor bias = n.tensor("b1.dense.bias");
    double[] mean = new double[bias.size()];
    double[] squares = new double[bias.size()];
    for (float[] x : SmallHsicNetwork.samples(n.numbers)) {
      for (int o = 0; o < mean.length; o++) {
        double a = bias.get(o);
        for (int i = 0; i < x.length; i++) {
          a += w.get(o * x.length + i) * x[i];
        }
        mean[o] += a / SmallHsicNetwork.SAMPLES;
        squares[o] += a * a / SmallHsicNetwork.SAMPLES;
      }
    }
    for (int o = 0; o < mean.length; o++) {
      squares[o] -= mean[o] * mean[o];
    }
    Close.verify("mean", mean, n.tensor("b1.batch-norm.running-mean").toDoubles());
    Close.verify("variance", squares, n.tensor("b1.batch-norm.running-variance").toDoubles());
  }

  @Test
  void twoPhasesGoOnWhereOneWouldHaveGone() {
    Settings phase = SmallHsicNetwork.all();
    SmallHsicNetwork one = small().train(phase.with("epochs", 3));
    SmallHsicNetwork parts = small().train(phase, phase.with("name", "more").with("epochs", 2));
    assertEquals(hash(one.network), hash(parts.network));
  }

  @Test
  void aRestartedBlockBeginsAgain() {
    Settings phase = SmallHsicNetwork.all();
    SmallHsicNetwork once = small().train(phase);
    SmallHsicNetwork twice =
        small()
            .train(phase, phase.with("name", "again").with("restart", List.of("b1", "b2", "b3")));
    assertEquals(hash(once.network), hash(twice.network));
  }

  @Test
  void aProbeChangesNoBit() {
    Settings probe = Settings.empty().with("block", "b3").with("sigma", 2);
    Settings phase = SmallHsicNetwork.all();
    SmallHsicNetwork probed =
        small().train(phase.with("probes", List.of(new Described("nhsic", probe))));
    assertEquals(hash(small().train(phase).network), hash(probed.network));
    assertTrue(probed.batches.getFirst().containsKey("b3_hx"));
  }

  @Test
  void aBatchOfOneIsRefused() {
    Dataset data = small().data.take(9);
    LaminaException e =
        assertThrows(LaminaException.class, () -> small().train(data, SmallHsicNetwork.all()));
    assertTrue(String.valueOf(e.getMessage()).contains("at least 2"), e.getMessage());
  }

  @Test
  void notANumberEndsTheTrainingWithBlockAndBatch() {
    SmallHsicNetwork n = small();
    Map<String, Tensor> tensors = n.tensors();
    tensors.get("b2.dense.weight").set(0, Double.NaN);
    Weights.copyInto(n.network, tensors);
    LaminaException e = assertThrows(LaminaException.class, () -> n.train(SmallHsicNetwork.all()));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("block 'b2' at update 0 of epoch 0: "),
        e.getMessage());
  }

  /// Constant outputs depend on nothing, and their gradient is 0: only decay acts.
  @Test
  void constantOutputsLearnNothing() {
    SmallHsicNetwork n = small();
    Map<String, Tensor> tensors = n.tensors();
    Tensor w = tensors.get("b1.dense.weight");
    for (int i = 0; i < w.size(); i++) {
      w.set(i, 0);
    }
    Weights.copyInto(n.network, tensors);
    n.train(SmallHsicNetwork.phase("b1"));
    for (double value : n.tensor("b1.dense.weight").toDoubles()) {
      assertEquals(0, value, 1e-6); // rounding of 1e-11, divided by √eps of the normalisation
    }
    assertEquals(0, n.batches.getFirst().get("b1_hx"), 1e-9);
  }

  @Test
  void aMissingClassIsNoProblem() {
    int[] labels = new int[SmallHsicNetwork.BATCH];
    float[][] samples = new float[labels.length][SmallHsicNetwork.FEATURES];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
      samples[i][i % SmallHsicNetwork.FEATURES] = i;
    }
    SmallHsicNetwork n = small().train(Dataset.of(samples, labels), SmallHsicNetwork.all());
    double hy = n.batches.getFirst().get("b3_hy");
    assertTrue(hy > 0 && hy < 1, "against two classes nHSIC is below 1 but is " + hy);
    assertFalse(n.tensors().isEmpty());
  }

  @Test
  void hugeAndRepeatedSamplesLeaveFiniteWeights() {
    int[] labels = new int[SmallHsicNetwork.BATCH];
    float[][] samples = new float[labels.length][SmallHsicNetwork.FEATURES];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % SmallHsicNetwork.CLASSES;
      samples[i][i % 2] = 1e18f; // two samples, four times each
    }
    SmallHsicNetwork n = small().train(Dataset.of(samples, labels), SmallHsicNetwork.all());
    n.tensors()
        .forEach((name, tensor) -> {
          boolean finite = Arrays.stream(tensor.toDoubles()).allMatch(Double::isFinite);
          assertTrue(finite, name + " " + Arrays.toString(tensor.toDoubles()));
        });
  }

  @Test
  void aRateThatIsTooLargeEndsTheTrainingBeforeWeightsAreKept() {
    LaminaException e =
        assertThrows(
            LaminaException.class,
            () -> small().train(SmallHsicNetwork.all().with("rate", 1e308).with("epochs", 3)));
    assertTrue(String.valueOf(e.getMessage()).contains("block 'b"), e.getMessage());
  }
}
