package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Samples of one shape with their labels, in a fixed order.
///
/// Samples are channels last, `[h, w, c]`; what is no image has the shape `[1, 1, d]`. They are
/// kept as unsigned bytes that stand for `byte / 255`, or as floating-point numbers. A part
/// (`take`, `select`, `split`) shares the numbers of its whole. Immutable; any number of threads
/// may read.
public final class Dataset {
  private final String name;
  private final List<String> classes;
  private final Samples samples;
  private final int[] rows;
  private final int[] labels;
  private final Preparation preparation;

  /// What is done to the samples, and what to those that are learned from.
  private record Preparation(InputTransform transform, Optional<Augmentation> augmentation) {
    static final Preparation NONE = new Preparation(InputTransform.NONE, Optional.empty());
  }

  /// All rows of `samples` in their order; `labels` are the set's from now on.
  Dataset(String name, Samples samples, int[] labels, List<String> classes) {
    this(name, classes, samples, every(labels.length), labels, Preparation.NONE);
  }

  private Dataset(
      String name,
      List<String> classes,
      Samples samples,
      int[] rows,
      int[] labels,
      Preparation preparation) {
    this.name = name;
    this.classes = classes;
    this.samples = samples;
    this.rows = rows;
    this.labels = labels;
    this.preparation = preparation;
  }

  private static int[] every(int n) {
    return IntStream.range(0, n).toArray();
  }

  /// A data set of vectors.
  ///
  /// - `x` — one sample a row, all of one length; copied
  /// - `y` — the class of each sample from 0 on, or -1 for none; classes are named by their number
  ///
  /// @throws IllegalArgumentException if lengths differ or a label is below -1 or above 999 999
  public static Dataset of(float[][] x, int[] y) {
    return of(x, Shape.of(x.length == 0 ? 0 : x[0].length), y);
  }

  /// A data set of vectors without labels.
  ///
  /// @throws IllegalArgumentException if the rows differ in length
  public static Dataset of(float[][] x) {
    return of(x, unlabelled(x.length));
  }

  /// A data set of images or vectors.
  ///
  /// - `x` — one sample a row, in c, h, w order; copied
  /// - `sample` — `[d]`, `[h, w]` or `[c, h, w]`: the shape of a row as it is given
  /// - `y` — the class of each sample from 0 on, or -1 for none
  ///
  /// @throws IllegalArgumentException if lengths differ or a label is below -1 or above 999 999
  public static Dataset of(float[][] x, Shape sample, int[] y) {
    return of(OutsideArrays.joined(x, sample), sample, y);
  }

  /// A data set of images or vectors in one array.
  ///
  /// - `x` — the samples one after the other, each in c, h, w order; copied
  /// - `sample` — `[d]`, `[h, w]` or `[c, h, w]`: the shape of a sample as it is given
  /// - `y` — the class of each sample from 0 on, or -1 for none
  ///
  /// @throws IllegalArgumentException if lengths differ or a label is below -1 or above 999 999
  public static Dataset of(float[] x, Shape sample, int[] y) {
    return named(OutsideArrays.rows(x, sample, y.length), y);
  }

  /// A data set of images whose pixels are bytes, each standing for `byte / 255`.
  ///
  /// - `x` — the samples one after the other, each in c, h, w order; copied
  /// - `sample` — `[d]`, `[h, w]` or `[c, h, w]`: the shape of a sample as it is given
  /// - `y` — the class of each sample from 0 on, or -1 for none
  ///
  /// @throws IllegalArgumentException if lengths differ or a label is below -1 or above 999 999
  public static Dataset ofPixels(byte[] x, Shape sample, int[] y) {
    return named(OutsideArrays.rows(x, sample, y.length), y);
  }

  private static Dataset named(Samples samples, int[] y) {
    int[] labels = OutsideArrays.labels(y);
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    return new Dataset("arrays", samples, labels, numbers(classes));
  }

  /// The names "0", "1", ... of classes that have no others.
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static int[] unlabelled(int n) {
    int[] none = new int[n];
    Arrays.fill(none, -1);
    return none;
  }

  /// The name for reports, for example `mnist`.
  public String name() {
    return name;
  }

  /// The shape of one sample, `[h, w, c]`.
  public Shape sample() {
    return samples.sample();
  }

  /// The names of the classes; a label is a position in this list.
  public List<String> classes() {
    return classes;
  }

  /// The number of samples.
  public int size() {
    return rows.length;
  }

  /// The label of sample `i`, -1 for none.
  public int label(int i) {
    return labels[i];
  }

  /// Fills the first `n` rows of a batch with the samples `order[from]` ... `order[from + n - 1]`.
  ///
  /// - `x` — F32 or F64, `[m, h, w, c]` or `[m, d]` with `m >= n`
  /// - `labels` — I32 `[m]` with `m >= n`
  ///
  /// Allocates nothing.
  ///
  /// @throws IllegalArgumentException if the tensors are too small or of another type
  public void batch(int[] order, int from, int n, Tensor x, Tensor labels) {
    batch(order, from, n, x);
    checkLabels(n, labels);
    for (int i = 0; i < n; i++) {
      labels.ints()[labels.offset() + i] = this.labels[order[from + i]];
    }
  }

  /// Fills the first `n` rows of a batch as above, without labels.
  public void batch(int[] order, int from, int n, Tensor x) {
    checkSamples(n, x);
    int length = sample().size();
    for (int i = 0; i < n; i++) {
      samples.read(rows[order[from + i]], x, i * length);
    }
  }

  /// Fills the first `n` rows of a batch with the samples `from` ... `from + n - 1`, as above.
  public void batch(int from, int n, Tensor x, Tensor labels) {
    batch(from, n, x);
    checkLabels(n, labels);
    System.arraycopy(this.labels, from, labels.ints(), labels.offset(), n);
  }

  /// Fills the first `n` rows of a batch as above, without labels.
  public void batch(int from, int n, Tensor x) {
    checkSamples(n, x);
    int length = sample().size();
    for (int i = 0; i < n; i++) {
      samples.read(rows[from + i], x, i * length);
    }
  }

  private void checkSamples(int n, Tensor x) {
    long length = sample().size();
    if (!x.type().isFloating() || x.size() != x.axis(0) * length || n > x.axis(0)) {
      throw new IllegalArgumentException(
          n + " samples of " + sample() + " do not go into " + x.type() + " " + x.shape());
    }
  }

  private static void checkLabels(int n, Tensor labels) {
    if (labels.type() != DType.I32 || labels.size() < n) {
      throw new IllegalArgumentException(
          n + " labels do not go into " + labels.type() + " " + labels.shape());
    }
  }

  /// The first `n` samples.
  ///
  /// @throws LaminaException if there are fewer
  public Dataset take(int n) {
    if (n < 0 || n > size()) {
      throw new LaminaException(
          "data set "
              + name
              + " has "
              + size()
              + " samples, but "
              + n
              + " were asked for; ask for at most "
              + size());
    }
    return part(IntStream.range(0, n).toArray());
  }

  /// The samples of the given classes, in their order and with their labels unchanged.
  ///
  /// @throws LaminaException if there is no such class
  public Dataset select(int... wanted) {
    for (int label : wanted) {
      if (label < 0 || label >= classes.size()) {
        throw new LaminaException(
            "data set "
                + name
                + " has no class "
                + label
                + "; its classes are 0 to "
                + (classes.size() - 1));
      }
    }
    return part(
        IntStream.range(0, size())
            .filter(i -> Arrays.stream(wanted).anyMatch(label -> label == labels[i]))
            .toArray());
  }

  /// Parts this set at random into a rest to learn from and a share to test on.
  ///
  /// Both parts stay in the order of the whole. Draws one permutation, stream `data/split`, step 0.
  ///
  /// - `fraction` — the share of the test part in [0, 1], rounded to whole samples
  public Split split(double fraction, Draws draws) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new LaminaException("a share of " + fraction + " is not in [0, 1]; give one that is");
    }
    Tensor order = Tensor.zeros(DType.I32, size());
    draws.permutation(order, "data/split", 0);
    return split(Arrays.copyOf(order.ints(), (int) Math.round(fraction * size())));
  }

  /// Parts this set into the samples at the positions `held`, to test on, and the others; both in
  /// the order of the whole.
  Split split(int[] held) {
    boolean[] out = new boolean[size()];
    for (int i : held) {
      out[i] = true;
    }
    return new Split(
        part(IntStream.range(0, size()).filter(i -> !out[i]).toArray()),
        part(IntStream.range(0, size()).filter(i -> out[i]).toArray()));
  }

  private Dataset part(int[] positions) {
    return new Dataset(
        name,
        classes,
        samples,
        Arrays.stream(positions).map(i -> rows[i]).toArray(),
        Arrays.stream(positions).map(i -> labels[i]).toArray(),
        preparation);
  }

  /// The same pictures, each resized to `side` x `side` pixels, bilinear
  /// (specs/weight-transport.md, section 6.2).
  ///
  /// @throws LaminaException if the samples are no pixels, or normalised already
  public Dataset resized(int side) {
    InputTransform also = new InputTransform(OptionalInt.of(side), Optional.empty());
    Pixels resized = Resize.all(pixels(samples, "resized"), rows, side);
    return with(resized, every(size()), new Preparation(also, preparation.augmentation));
  }

  /// The same samples, normalised as they are read.
  ///
  /// @throws LaminaException if they have another number of channels, or are normalised already
  public Dataset normalized(Normalization how) {
    if (samples instanceof Normalized) {
      throw new LaminaException("'" + name + "' is normalised already; do it once");
    }
    InputTransform also = new InputTransform(preparation.transform.side(), Optional.of(how));
    return with(
        new Normalized(samples, how), rows, new Preparation(also, preparation.augmentation));
  }

  /// The same samples, to be changed at random where they are learned from (`drawn`); all else sees
  /// them as they are.
  ///
  /// @throws LaminaException if they are no pixels
  public Dataset augmented(Augmentation how) {
    pixels(plain(), "changed at random");
    return with(samples, rows, new Preparation(preparation.transform, Optional.of(how)));
  }

  /// Whether a sample differs from epoch to epoch where it is learned from.
  public boolean isAugmented() {
    return preparation.augmentation.isPresent();
  }

  /// What was done to every sample.
  public InputTransform transform() {
    return preparation.transform;
  }

  /// This set as an epoch sees it: each sample changed by numbers that `stream` and `epoch` alone
  /// decide. A set that is not augmented is returned as it is.
  public Dataset drawn(Draws draws, String stream, long epoch) {
    if (preparation.augmentation.isEmpty()) {
      return this;
    }
    Augmentation.Move[] moves = preparation.augmentation.get().draw(size(), draws, stream, epoch);
    Samples moved = new Augmented(pixels(plain(), "changed at random"), rows, moves);
    boolean plain = preparation.transform.normalization().isEmpty();
    return with(
        plain ? moved : new Normalized(moved, preparation.transform.normalization().get()),
        every(size()),
        preparation);
  }

  /// The samples before they are normalised.
  private Samples plain() {
    return samples instanceof Normalized normalized ? normalized.below() : samples;
  }

  private Pixels pixels(Samples from, String wish) {
    if (from instanceof Pixels pixels) {
      return pixels;
    }
    throw new LaminaException(
        "the samples of '"
            + name
            + "' are no pixels, so they cannot be "
            + wish
            + "; leave that out");
  }

  private Dataset with(Samples others, int[] at, Preparation prepared) {
    return new Dataset(name, classes, others, at, labels, prepared);
  }

  /// This set under another name and with other names for its classes.
  ///
  /// @throws IllegalArgumentException if a label has no name
  public Dataset named(String newName, List<String> classNames) {
    int highest = Arrays.stream(labels).max().orElse(-1);
    if (highest >= classNames.size()) {
      throw new IllegalArgumentException(
          "label " + highest + " has no name among " + classNames.size());
    }
    return new Dataset(newName, List.copyOf(classNames), samples, rows, labels, preparation);
  }

  /// The same labels on other samples: row `i` of `features` is what became of sample `i`.
  ///
  /// @throws IllegalArgumentException if the numbers of rows differ
  public Dataset withFeatures(FeatureStore features) {
    if (features.size() != size()) {
      throw new IllegalArgumentException(
          features.size() + " rows of features for " + size() + " samples");
    }
    Preparation with = new Preparation(preparation.transform, Optional.empty());
    return new Dataset(name, classes, features.rows(), every(size()), labels, with);
  }

  /// SHA-256 over type, sample shape and count as text, then all samples and labels little-endian,
  /// in hexadecimal digits.
  public String sha256() {
    return Sha256.of(samples, rows, labels);
  }

  /// Name, count and sample shape.
  @Override
  public String toString() {
    return name + ": " + size() + " samples of " + sample() + ", " + classes.size() + " classes";
  }
}
