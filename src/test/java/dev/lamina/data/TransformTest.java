package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.MersenneTwister;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is done to samples before a network sees them.
class TransformTest {
  private static final Draws DRAWS = new Philox(5, new ReferenceKernels());
  private static final int N = 200;
  private static final int H = 6;
  private static final int W = 5;
  private static final int C = 3;

  private static Dataset pictures() {
    byte[] pixels = new byte[N * C * H * W];
    new Random(4).nextBytes(pixels);
    return Dataset.ofPixels(pixels, Shape.of(C, H, W), new int[N]);
  }

  private static double[] read(Dataset data, int sample) {
    Tensor x = Tensor.zeros(DType.F64, data.sample().batch(1));
    data.batch(sample, 1, x);
    return x.toDoubles();
  }

  @Test
  void normalisesEachChannel() {
    Normalization how = new Normalization(List.of(0.1, 0.5, 0.9), List.of(0.2, 0.25, 4.0));
    double[] before = read(pictures(), 3);
    double[] after = read(pictures().normalized(how), 3);
    for (int i = 0; i < before.length; i++) {
      assertEquals((before[i] - how.mean(i % C)) / how.deviation(i % C), after[i]);
    }
  }

  @Test
  void singleNumbersAreNormalisedInTheirOwnType() {
    Dataset data = pictures().normalized(Normalization.named("half").orElseThrow());
    Tensor single = Tensor.zeros(DType.F32, data.sample().batch(1));
    data.batch(3, 1, single);
    double[] twice = read(data, 3);
    for (int i = 0; i < twice.length; i++) {
      // two roundings of numbers up to 2
      assertEquals(twice[i], single.get(i), 4 * Math.ulp(1f));
    }
  }

  @Test
  void anAugmentedPictureIsAMovedOneWithABlackEdge() {
    Augmentation how = new Augmentation(2, true);
    Augmentation.Move[] moves = how.draw(N, DRAWS, "a", 3);
    Dataset plain = pictures();
    Dataset drawn = plain.augmented(how).drawn(DRAWS, "a", 3);
    for (int s = 0; s < N; s++) {
      double[] x = read(plain, s);
      double[] y = read(drawn, s);
      for (int i = 0; i < H; i++) {
        for (int j = 0; j < W; j++) {
          int from = i + moves[s].down();
          int column = (moves[s].mirrored() ? W - 1 - j : j) + moves[s].right();
          boolean inside = from >= 0 && from < H && column >= 0 && column < W;
          for (int c = 0; c < C; c++) {
            double want = inside ? x[(from * W + column) * C + c] : 0;
            assertEquals(want, y[(i * W + j) * C + c], "sample " + s + " at " + i + "," + j);
          }
        }
      }
    }
  }

  @Test
  void everyOffsetAndBothDirectionsAreDrawn() {
    Augmentation.Move[] moves = new Augmentation(4, true).draw(2000, DRAWS, "a", 0);
    TreeSet<Integer> all = new TreeSet<>(IntStream.rangeClosed(-4, 4).boxed().toList());
    assertEquals(all, new TreeSet<>(Arrays.stream(moves).map(Augmentation.Move::down).toList()));
    assertEquals(all, new TreeSet<>(Arrays.stream(moves).map(Augmentation.Move::right).toList()));
    long mirrored = Arrays.stream(moves).filter(Augmentation.Move::mirrored).count();
    assertEquals(1000, mirrored, 5 * Math.sqrt(2000 * 0.25), "five deviations of a fair coin");
  }

  @Test
  void withoutFlipNothingIsMirroredAndWithoutCropNothingMoves() {
    assertTrue(
        Arrays.stream(new Augmentation(4, false).draw(N, DRAWS, "a", 0))
            .noneMatch(Augmentation.Move::mirrored));
    assertTrue(
        Arrays.stream(new Augmentation(0, true).draw(N, DRAWS, "a", 0))
            .allMatch(move -> move.down() == 0 && move.right() == 0));
  }

  @Test
  void theEdgeOfANormalisedPictureIsANormalisedBlackPixel() {
    Normalization how = new Normalization(List.of(0.5), List.of(0.25));
    Dataset first = pictures().normalized(how).augmented(new Augmentation(3, true));
    Dataset second = pictures().augmented(new Augmentation(3, true)).normalized(how);
    Dataset plain = pictures().augmented(new Augmentation(3, true)).drawn(DRAWS, "a", 1);
    for (int s = 0; s < 20; s++) {
      double[] want = Arrays.stream(read(plain, s)).map(v -> (v - 0.5) / 0.25).toArray();
      assertArrayEquals(want, read(first.drawn(DRAWS, "a", 1), s));
      assertArrayEquals(want, read(second.drawn(DRAWS, "a", 1), s));
    }
  }

  @Test
  void aSampleIsChangedBySeedStreamAndEpochAloneHoweverItIsRead() {
    Dataset data = pictures().augmented(new Augmentation(2, true));
    Dataset epoch = data.drawn(DRAWS, "a", 7);
    int[] backwards = IntStream.range(0, N).map(i -> N - 1 - i).toArray();
    Tensor all = Tensor.zeros(DType.F64, data.sample().batch(N));
    epoch.batch(backwards, 0, N, all);
    Dataset again = data.drawn(DRAWS, "a", 7);
    for (int i = 0; i < N; i++) {
      assertArrayEquals(all.rows(i, i + 1).toDoubles(), read(again, N - 1 - i), "sample " + i);
    }
    assertNotEquals(all(data.drawn(DRAWS, "a", 8)), all(epoch));
    assertNotEquals(all(data.drawn(DRAWS, "b", 7)), all(epoch));
  }

  private static List<Double> all(Dataset data) {
    return IntStream.range(0, N)
        .boxed()
        .flatMap(i -> Arrays.stream(read(data, i)).boxed())
        .toList();
  }

  @Test
  void whoDoesNotLearnSeesPicturesAsTheyAre() {
    Dataset data = pictures().augmented(new Augmentation(2, true));
    assertTrue(data.isAugmented());
    assertEquals(all(pictures()), all(data));
    Dataset plain = pictures();
    assertSame(plain, plain.drawn(DRAWS, "a", 0));
    assertFalse(plain.isAugmented());
  }

  @Test
  void partsKeepWhatIsDone() {
    Dataset data = pictures().augmented(new Augmentation(1, false)).take(9);
    Dataset held = new HeldOut.Last(4).of(data, DRAWS).test();
    assertTrue(held.isAugmented());
    assertEquals(4, held.drawn(DRAWS, "a", 0).size());
  }

  @Test
  void resizesEveryPictureAsOne() {
    Dataset data = pictures().take(7).resized(9);
    assertEquals(Shape.of(9, 9, C), data.sample());
    byte[] pixels = new byte[H * W * C];
    double[] before = read(pictures(), 6);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(before[i] * 255);
    }
    byte[] want = Resize.bilinear(pixels, new int[] {H, W, C}, 9, 9);
    double[] got = read(data, 6);
    for (int i = 0; i < want.length; i++) {
      assertEquals((want[i] & 0xFF) / 255.0, got[i]);
    }
  }

  @Test
  void aTransformIsAppliedOnceAndNeverTwice() {
    InputTransform transform = new InputTransform(OptionalInt.of(8), Normalization.named("half"));
    Dataset seen = transform.of(pictures());
    assertEquals(transform, seen.transform());
    assertSame(seen, transform.of(seen));
    assertEquals(Shape.of(8, 8, C), transform.of(pictures().sample()));
    InputTransform other = new InputTransform(OptionalInt.empty(), Normalization.named("mnist"));
    assertThrows(LaminaException.class, () -> other.of(seen));
    assertSame(InputTransform.NONE, pictures().transform());
  }

  @Test
  void aSingleArrayIsTransformedAsItsDataSetWouldBe() {
    byte[] pixels = new byte[C * 4 * 4];
    new Random(8).nextBytes(pixels);
    float[] x = new float[pixels.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (pixels[i] & 0xFF) / 255f;
    }
    InputTransform transform =
        new InputTransform(OptionalInt.of(7), Normalization.named("cifar-10"));
    Dataset data = transform.of(Dataset.ofPixels(pixels, Shape.of(C, 4, 4), new int[1]));
    Tensor want = Tensor.zeros(DType.F32, data.sample().batch(1));
    data.batch(0, 1, want);
    float[] got = transform.of(x, data.sample());
    for (int i = 0; i < got.length; i++) {
      int c = i / 49;
      assertEquals(want.floats()[i % 49 * C + c], got[i], "at " + i);
    }
  }

  @Test
  void refusesWhatCannotBeDone() {
    Dataset numbers = Dataset.of(new float[][] {{1, 2}}, new int[] {0});
    assertThrows(LaminaException.class, () -> numbers.resized(3));
    assertThrows(LaminaException.class, () -> numbers.augmented(new Augmentation(1, true)));
    Normalization three = Normalization.named("cifar-10").orElseThrow();
    assertThrows(LaminaException.class, () -> numbers.normalized(three));
    Dataset once = pictures().normalized(three);
    assertThrows(LaminaException.class, () -> once.normalized(three));
    assertThrows(IllegalArgumentException.class, () -> new Augmentation(-1, true));
    assertThrows(
        IllegalArgumentException.class, () -> new Normalization(List.of(0.0), List.of(0.0)));
    assertEquals(Optional.empty(), Normalization.named("mnits"));
  }

  @Test
  void holdsOutTheLastAndThePublishedSamples() {
    float[][] rows = new float[1000][1];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = i;
    }
    Dataset data = Dataset.of(rows);
    Split last = new HeldOut.Last(300).of(data, DRAWS);
    assertEquals(700, last.train().size());
    assertEquals(700, read(last.test(), 0)[0]);
    assertEquals(0, new HeldOut.Last(2000).of(data, DRAWS).train().size());
    Split legacy = new HeldOut.NumpyLegacy(0, 0.1).of(data, DRAWS);
    double[] held = IntStream.range(0, 100).mapToDouble(i -> read(legacy.test(), i)[0]).toArray();
    int[] order = new MersenneTwister(0).permutation(1000);
    assertArrayEquals(Arrays.stream(order).limit(100).sorted().asDoubleStream().toArray(), held);
    assertEquals(900, legacy.train().size());
  }
}
