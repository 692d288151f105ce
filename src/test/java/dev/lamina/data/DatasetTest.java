package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {

  /// Two images of two channels, one row, three columns, channels first: 0 1 2 | 3 4 5, ...
  private static final float[] IMAGES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  @Test
  void turnsImagesChannelsLastOnce() {
    Dataset data = Dataset.of(IMAGES, Shape.of(2, 1, 3), new int[] {1, 0});
    assertEquals(Shape.of(1, 3, 2), data.sample());
    Tensor x = Tensor.zeros(DType.F32, 2, 1, 3, 2);
    Tensor y = Tensor.zeros(DType.I32, 2);
    data.batch(0, 2, x, y);
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11}, x.floats());
    assertArrayEquals(new int[] {1, 0}, y.ints());
    assertEquals(List.of("0", "1"), data.classes());
  }

  @Test
  void givesDoublesToNetworksOfDoubles() {
    Dataset data = Dataset.of(new float[][] {{0.5f, 2}, {3, 4}}, new int[] {0, 1});
    Tensor x = Tensor.zeros(DType.F64, 2, 2);
    data.batch(new int[] {1, 0}, 0, 2, x);
    assertArrayEquals(new double[] {3, 4, 0.5, 2}, x.doubles());
  }

  @Test
  void readsPixelsAsShareOf255() {
    byte[] pixels = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = (byte) i;
    }
    Dataset data = Dataset.ofPixels(pixels, Shape.of(256), new int[] {-1});
    Tensor single = Tensor.zeros(DType.F32, 1, 256);
    Tensor twice = Tensor.zeros(DType.F64, 1, 256);
    data.batch(0, 1, single);
    data.batch(0, 1, twice);
    for (int i = 0; i < 256; i++) {
      assertEquals(i / 255f, single.floats()[i]);
      assertEquals(i / 255.0, twice.doubles()[i]);
    }
  }

  @Test
  void fillsTheFirstRowsOfALargerBatchAndLeavesTheRest() {
    Dataset data = Dataset.of(new float[][] {{1}, {2}, {3}}, new int[] {0, 1, 2});
    Tensor x = Tensor.of(new float[] {9, 9, 9, 9, 9}, 5).view(1, Shape.of(4, 1));
    Tensor y = Tensor.of(new int[] {9, 9, 9, 9});
    data.batch(new int[] {0, 2, 1}, 1, 2, x, y);
    assertArrayEquals(new float[] {9, 3, 2, 9, 9}, x.floats());
    assertArrayEquals(new int[] {2, 1, 9, 9}, y.ints());
  }

  @Test
  void refusesBatchesThatDoNotFit() {
    Dataset data = Dataset.of(new float[][] {{1, 2}, {3, 4}}, new int[] {0, 1});
    Tensor narrow = Tensor.zeros(DType.F32, 2, 1);
    Tensor few = Tensor.zeros(DType.F32, 1, 2);
    Tensor bytes = Tensor.zeros(DType.U8, 2, 2);
    for (Tensor x : List.of(narrow, few, bytes)) {
      assertThrows(IllegalArgumentException.class, () -> data.batch(0, 2, x));
    }
    Tensor x = Tensor.zeros(DType.F32, 2, 2);
    Tensor oneLabel = Tensor.zeros(DType.I32, 1);
    assertThrows(IllegalArgumentException.class, () -> data.batch(0, 2, x, oneLabel));
  }

  @Test
  void refusesArraysThatDoNotFit() {
    int[] two = {0, 1};
    assertThrows(IllegalArgumentException.class, () -> Dataset.of(new float[3], Shape.of(2), two));
    assertThrows(
        IllegalArgumentException.class, () -> Dataset.of(new float[][] {{1}, {1, 2}}, two));
    assertThrows(
        IllegalArgumentException.class, () -> Dataset.of(new float[][] {{1}}, new int[] {-2}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Dataset.of(new float[1], Shape.of(1, 1, 1, 1), new int[] {0}));
    assertThrows(IllegalArgumentException.class, () -> Dataset.of(new float[2][0], two));
    assertThrows(
        IllegalArgumentException.class,
        () -> Dataset.of(new float[][] {{1}}, new int[] {Integer.MAX_VALUE}));
  }

  @Test
  void mayHoldNothing() {
    Dataset none = Dataset.of(new float[0][]);
    assertEquals(0, none.size());
    assertEquals(List.of(), none.classes());
  }

  @Test
  void takesAndSelectsPartsThatShareTheNumbers() {
    Dataset data =
        Dataset.of(new float[][] {{0}, {10}, {20}, {30}, {40}}, new int[] {0, 1, 2, 1, 0});
    Dataset part = data.take(4).select(0, 1);
    Tensor x = Tensor.zeros(DType.F32, 3, 1);
    part.batch(0, 3, x);
    assertEquals(3, part.size());
    assertArrayEquals(new float[] {0, 10, 30}, x.floats());
    assertEquals(1, part.label(2));
    assertEquals(3, part.classes().size());
  }

  @Test
  void saysHowManySamplesThereAre() {
    Dataset data = Dataset.of(new float[][] {{0}}, new int[] {0});
    LaminaException few = assertThrows(LaminaException.class, () -> data.take(2));
    assertTrue(few.getMessage().contains("has 1 samples, but 2"), few.getMessage());
    assertThrows(LaminaException.class, () -> data.select(1));
    assertThrows(LaminaException.class, () -> data.split(1.5, new Backwards()));
  }

  @Test
  void splitsByThePermutationOfItsOwnStreamAndKeepsTheOrder() {
    float[][] rows = new float[10][1];
    for (int i = 0; i < 10; i++) {
      rows[i][0] = i;
    }
    Split split = Dataset.of(rows).split(0.25, new Backwards());
    assertEquals(7, split.train().size());
    Tensor x = Tensor.zeros(DType.F32, 3, 1);
    split.test().batch(0, 3, x);
    assertArrayEquals(new float[] {7, 8, 9}, x.floats());
  }

  @Test
  void hashesContentsAndNotStorage() {
    Dataset data = Dataset.of(new float[][] {{1}, {2}, {3}}, new int[] {0, 1, 0});
    Dataset first = Dataset.of(new float[][] {{1}, {2}}, new int[] {0, 1});
    assertEquals(first.sha256(), data.take(2).sha256());
    assertNotEquals(first.sha256(), data.sha256());
    assertNotEquals(
        first.sha256(), Dataset.of(new float[][] {{1}, {2}}, new int[] {0, 0}).sha256());
  }

  @Test
  void keepsLabelsOnFeatures() {
    Dataset data = Dataset.of(new float[][] {{1}, {2}, {3}}, new int[] {0, 1, 0}).select(0);
    FeatureWriter writer = FeatureStore.inMemory(DType.F32, Shape.of(1, 1, 2));
    writer.append(Tensor.of(new float[] {5, 6, 7, 8}, 2, 2), 2);
    Dataset features = data.withFeatures(writer.finish());
    Tensor x = Tensor.zeros(DType.F32, 1, 2);
    Tensor y = Tensor.zeros(DType.I32, 1);
    features.batch(1, 1, x, y);
    assertArrayEquals(new float[] {7, 8}, x.floats());
    assertEquals(0, y.ints()[0]);
  }

  /// The permutation n-1 ... 0, only for the stream that a split must name.
  private static final class Backwards implements Draws {
    @Override
    public void permutation(Tensor out, String stream, long step) {
      assertEquals("data/split", stream);
      assertEquals(0, step);
      int n = out.size();
      IntStream.range(0, n).forEach(i -> out.set(i, n - 1 - i));
    }

    @Override
    public void uniform(Tensor out, String stream, long step) {
      throw new AssertionError("a split draws no " + stream);
    }

    @Override
    public void normal(Tensor out, String stream, long step) {
      throw new AssertionError("a split draws no " + stream);
    }

    @Override
    public void keep(Tensor mask, double p, String stream, long step) {
      throw new AssertionError("a split draws no " + stream);
    }
  }
}
