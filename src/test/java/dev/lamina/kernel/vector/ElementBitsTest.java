package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Activation.Kind;
import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Competition.Form;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no product has the same bits with every number of threads, at every vector width, and
/// wherever an element lies in its run.
@Tag("widths")
class ElementBitsTest {
  private static final Kernels REFERENCE = new ReferenceKernels();
  private static final Kernels[] THREADS = {
    new VectorKernels(1, REFERENCE),
    new VectorKernels(2, REFERENCE),
    new VectorKernels(3, REFERENCE)
  };

  /// The hash of the battery at 128, 256 and 512 bits; a change of it is a change of numerics.
  private static final int RECORDED = 212152462;

  private final Random random = new Random(5);

  @Test
  void everyWidthGivesTheRecordedBits() {
    int hash = 17;
    for (int channels : new int[] {1, 3, 10, 33, 96}) {
      for (int bits : battery(THREADS[0], channels)) {
        hash = 31 * hash + bits;
      }
    }
    assertEquals(RECORDED, hash, "the bits depend on the width, or numerics changed");
  }

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {1, 3, 10, 33, 96})
  void anyNumberOfThreadsGivesTheSameBits(int channels) {
    List<Integer> alone = battery(THREADS[0], channels);
    assertEquals(alone, battery(THREADS[1], channels), "two threads");
    assertEquals(alone, battery(THREADS[2], channels), "three threads");
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void anElementOfMapDoesNotDependOnItsPlace(Function f) {
    placeDoesNotMatter((k, y, x) -> k.map(y, x, f));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "TRIANGLE")
  void anElementOfActivateDoesNotDependOnItsPlace(Kind kind) {
    for (double a : new double[] {0.7, 1, 2}) {
      placeDoesNotMatter((k, y, x) -> k.activate(y, x, new Activation(kind, a)));
      placeDoesNotMatter((k, y, x) -> k.activateBackward(y, x, x, new Activation(kind, a)));
    }
  }

  private interface Call {
    void on(Kernels kernels, Tensor y, Tensor x);
  }

  /// The body of a loop and its tail compute the same: all ends of a run, at all lengths.
  private void placeDoesNotMatter(Call call) {
    int n = 67;
    Tensor x = numbers(random, n);
    Tensor whole = Tensor.zeros(DType.F32, n);
    call.on(THREADS[0], whole, x);
    for (int from = 0; from < n; from += 3) {
      Tensor end = Tensor.zeros(DType.F32, n - from);
      call.on(THREADS[0], end, x.rows(from, n));
      assertArrayEquals(
          Arrays.copyOfRange(whole.floats(), from, n), end.floats(), "from element " + from);
    }
  }

  /// The bits of one call of each kind whose sums could show a split, on enough rows for many
  /// tiles.
  private static List<Integer> battery(Kernels k, int channels) {
    Random draws = new Random(channels);
    int side = 24;
    int rows = 16 * side * side;
    Tensor x = numbers(draws, 16, side, side, channels);
    Tensor flat = x.reshape(rows, channels);
    Tensor y = Tensor.zeros(DType.F32, 16, side, side, channels);
    List<Integer> seen = new ArrayList<>();
    k.softmax(y, x, 1.5);
    seen.add(bits(y));
    k.logSoftmax(y, x);
    seen.add(bits(y));
    for (Kind kind : new Kind[] {Kind.TRIANGLE, Kind.GELU, Kind.SOFTPLUS}) {
      k.activate(y, x, new Activation(kind, 0.7));
      seen.add(bits(y));
      k.activateBackward(y, x, x, new Activation(kind, 0.7));
      seen.add(bits(y));
    }
    normalizations(k, y, x, seen);
    sums(k, y, flat, seen);
    return seen;
  }

  private static void normalizations(Kernels k, Tensor y, Tensor x, List<Integer> seen) {
    int channels = x.axis(-1);
    Tensor mean = Tensor.zeros(DType.F32, channels);
    Tensor variance = Tensor.zeros(DType.F32, channels);
    k.moments(mean, variance, x);
    seen.add(bits(mean));
    seen.add(bits(variance));
    k.normalize(y, x, mean, variance, 1e-5);
    seen.add(bits(y));
    k.normalizeBackward(y, x, x, mean, variance, 1e-5);
    seen.add(bits(y));
    k.columnSums(mean, x);
    seen.add(bits(mean));
  }

  private static void sums(Kernels k, Tensor y, Tensor flat, List<Integer> seen) {
    Tensor c = Tensor.zeros(DType.F32, flat.axis(1));
    Tensor wins = Tensor.zeros(DType.F32, 4, flat.axis(1));
    Tensor one = Tensor.zeros(DType.F32, 1);
    Tensor perRow = Tensor.zeros(DType.F32, flat.axis(0));
    Tensor other = y.reshape(flat.shape());
    k.compete(other, c, wins, flat, Competition.of(Form.SOFT_ANTI, 1.3), 1);
    seen.add(bits(other));
    seen.add(bits(c));
    seen.add(bits(wins));
    k.squaredError(one, other, flat, flat, 2);
    seen.add(bits(one));
    k.logisticLoss(one, other, flat, flat, 0.5);
    seen.add(bits(one));
    k.largest(one, flat);
    seen.add(bits(one));
    for (double order : new double[] {1, 2, 3}) {
      k.rowNorms(perRow, flat, order);
      seen.add(bits(perRow));
    }
    k.normDependentRate(perRow, perRow, 0.08, 0.5);
    seen.add(bits(perRow));
    k.reduce(c, Reduction.UNBIASED_DEVIATION, flat, 0);
    seen.add(bits(c));
  }

  private static int bits(Tensor t) {
    int hash = 1;
    for (int i = 0; i < t.size(); i++) {
      hash = 31 * hash + Float.floatToIntBits(t.floats()[t.offset() + i]);
    }
    return hash;
  }

  private static Tensor numbers(Random draws, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, 2 * draws.nextGaussian());
    }
    return t;
  }
}
