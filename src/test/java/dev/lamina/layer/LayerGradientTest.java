package dev.lamina.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Window;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.LayerAtWork;
import dev.lamina.testkit.Numbers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The backward of every layer against differences of its forward.
class LayerGradientTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final Shape MAP = Shape.of(5, 6, 4);
  private static final int BATCH = 3;

  @TestFactory
  Stream<DynamicTest> convolutions() {
    Padding reflect = new Padding(Padding.Mode.REFLECT, 2);
    Padding replicate = new Padding(Padding.Mode.REPLICATE, 2);
    Padding circular = new Padding(Padding.Mode.CIRCULAR, 2);
    Padding zeros = new Padding(Padding.Mode.ZEROS, 1);
    return Stream.of(
            convolution("plain", new Window(3, 3, 1, 1, 1), Padding.NONE, false),
            convolution("with bias and zero padding", new Window(3, 3, 1, 1, 1), zeros, true),
            convolution("with reflect padding", new Window(3, 3, 1, 1, 1), reflect, true),
            convolution("with its edge repeated", new Window(3, 3, 1, 1, 1), replicate, true),
            convolution("with its map repeated", new Window(3, 3, 1, 1, 1), circular, true),
            convolution("in groups", new Window(2, 3, 1, 1, 2), Padding.NONE, true),
            convolution("with stride", new Window(3, 3, 2, 1, 1), zeros, false),
            convolution("with dilation", new Window(3, 3, 1, 2, 1), reflect, false),
            convolution("with everything", new Window(3, 2, 2, 2, 2), reflect, true),
            convolution("of single pixels", new Window(1, 1, 1, 1, 4), Padding.NONE, true))
        .map(this::check);
  }

  private static LayerCase convolution(String name, Window window, Padding padding, boolean bias) {
    Conv2d.Form form = new Conv2d.Form(8, window, padding, bias, 2);
    Layer layer = new Conv2d(MAP, form, DType.F64, Layout.same());
    return new LayerCase("convolution " + name, layer, MAP, Mode.LEARN);
  }

  @TestFactory
  Stream<DynamicTest> denseLayers() {
    Conv2d.Form form = new Conv2d.Form(5, Window.DENSE, Padding.NONE, true, 2);
    Shape features = Shape.of(7);
    Layer layer = new Conv2d(features, form, DType.F64, Layout.same());
    return Stream.of(check(new LayerCase("dense", layer, features, Mode.LEARN)));
  }

  @TestFactory
  Stream<DynamicTest> batchNorms() {
    return Arrays.stream(Mode.values())
        .flatMap(mode ->
            Stream.of(false, true)
                .flatMap(affine -> Stream.of(MAP, Shape.of(7)).map(s -> norm(s, affine, mode))))
        .map(this::check);
  }

  private static LayerCase norm(Shape shape, boolean affine, Mode mode) {
    BatchNorm layer = new BatchNorm(shape, DType.F64, affine, 1e-5, 0.1, Layout.same());
    Tensor variance = layer.statistics().getLast().value();
    variance.copyFrom(NUMBERS.uniform("variance", variance.size()));
    return new LayerCase(
        "batch norm " + shape + " affine=" + affine + " " + mode, layer, shape, mode);
  }

  @TestFactory
  Stream<DynamicTest> pools() {
    return Stream.of(new Pool(2, 2, 0), new Pool(3, 1, 1), new Pool(4, 2, 1))
        .flatMap(p ->
            Stream.of(
                new LayerCase("max " + p, new MaxPool(MAP, p), MAP, Mode.LEARN),
                new LayerCase("average " + p, new AvgPool(MAP, p), MAP, Mode.LEARN)))
        .map(this::check);
  }

  /// The triangle's gradient takes the mean as a constant and has a test of its own.
  @TestFactory
  Stream<DynamicTest> activations() {
    EnumSet<Activation.Kind> exact = EnumSet.complementOf(EnumSet.of(Activation.Kind.TRIANGLE));
    return exact.stream()
        .flatMap(kind -> Stream.of(0.7, 1.0, 1.4).map(a -> new Activation(kind, a)))
        .map(f -> new LayerCase(f.toString(), new Activate("f", MAP, f), MAP, Mode.LEARN))
        .map(this::check);
  }

  @TestFactory
  Stream<DynamicTest> layersWithoutParameters() {
    return Arrays.stream(Mode.values())
        .flatMap(mode ->
            Stream.of(
                new LayerCase("softmax " + mode, new Softmax(MAP, 1.5), MAP, mode),
                new LayerCase("log-softmax " + mode, new LogSoftmax(MAP), MAP, mode),
                new LayerCase("winner " + mode, new Winner(MAP), MAP, mode),
                new LayerCase("dropout " + mode, new Dropout(MAP, 0.4), MAP, mode),
                new LayerCase(
                    "channel dropout " + mode,
                    new Dropout(MAP, 0.4, Dropout.By.CHANNEL),
                    MAP,
                    mode),
                new LayerCase(
                    "alpha dropout " + mode,
                    new AlphaDropout(MAP, 0.4, Dropout.By.ELEMENT),
                    MAP,
                    mode),
                new LayerCase(
                    "alpha dropout by channel " + mode,
                    new AlphaDropout(MAP, 0.4, Dropout.By.CHANNEL),
                    MAP,
                    mode),
                new LayerCase(
                    "attention dropout " + mode,
                    new AttentionDropout(MAP, DType.F64, 0.6),
                    MAP,
                    mode)))
        .map(this::check);
  }

  @TestFactory
  Stream<DynamicTest> regions() {
    return Stream.of(RegionPool.global(MAP), RegionPool.grid(MAP, 2, 3), RegionPool.grid(MAP, 3, 4))
        .map(layer -> new LayerCase(layer.kind() + layer.output(), layer, MAP, Mode.LEARN))
        .map(this::check);
  }

  @TestFactory
  Stream<DynamicTest> subsamples() {
    return Stream.of(new Subsample(MAP, DType.F64, 2, 9), new Subsample(MAP, DType.F64, 1, 4))
        .map(layer -> new LayerCase("subsample " + layer.output(), layer, MAP, Mode.LEARN))
        .map(this::check);
  }

  @TestFactory
  Stream<DynamicTest> groups() {
    return Stream.of(MAP, Shape.of(8))
        .flatMap(
            shape -> Stream.of(0.0, 1.0).flatMap(delta -> Stream.of(divided(shape, 0.5, delta))))
        .map(this::check);
  }

  private static LayerCase[] divided(Shape shape, double power, double delta) {
    String where = " of " + shape + ", delta " + delta;
    return new LayerCase[] {
      new LayerCase(
          "divisive norm" + where,
          new DivisiveNorm(shape, DType.F64, 2, power, delta),
          shape,
          Mode.LEARN),
      new LayerCase(
          "divisive norm by 0.2" + where,
          new DivisiveNorm(shape, DType.F64, 2, 0.2, delta),
          shape,
          Mode.LEARN),
      new LayerCase(
          "grouping" + where,
          new Grouping(shape, DType.F64, 2, power, delta, false),
          shape,
          Mode.LEARN),
      new LayerCase(
          "centered grouping" + where,
          new Grouping(shape, DType.F64, 4, 0.8, delta, true),
          shape,
          Mode.LEARN)
    };
  }

  private DynamicTest check(LayerCase c) {
    return c.test(BATCH, NUMBERS);
  }

  @Test
  void theErrorOfANormOrderGoesDownByTheWeightsThatTheForwardSaw() {
    Conv2d.Form form = new Conv2d.Form(4, new Window(3, 3, 1, 1, 1), Padding.NONE, false, 3);
    Conv2d layer = new Conv2d(MAP, form, DType.F64, Layout.same());
    layer
        .weight()
        .value()
        .copyFrom(NUMBERS.normal("weight", layer.weight().value().shape().axes()));
    Tensor x = NUMBERS.normal("x", MAP.batch(BATCH).axes());
    LayerAtWork work = LayerAtWork.on(x, layer, K, new Philox(NUMBERS.seed(), K));
    Tensor r = NUMBERS.normal("r", layer.output().batch(BATCH).axes());
    work.forward(Mode.LEARN);
    Tensor gx = work.backward(r.copy());
    GradientCheck.verify("x", gx, x, () -> LayerCase.product(r, work.forward(Mode.LEARN)));
  }

  /// `specs/softhebb.md`, trap 12: the triangle is a RePU of x - mean whose mean is no variable.
  @Test
  void theTriangleTakesItsMeanAsAConstant() {
    for (double power : List.of(0.7, 1.0, 1.4)) {
      Tensor x = NUMBERS.normal("x", MAP.batch(BATCH).axes());
      Tensor centred = centred(x);
      Tensor r = NUMBERS.normal("r", x.shape().axes());
      Function<Activation.Kind, Layer> layer =
          kind -> new Activate("f", MAP, new Activation(kind, power));
      Tensor gx = gradient(layer.apply(Activation.Kind.TRIANGLE), x, r);
      Tensor constant = gradient(layer.apply(Activation.Kind.REPU), centred, r);
      assertArrayEquals(constant.toDoubles(), gx.toDoubles(), "seed " + NUMBERS.seed());
    }
  }

  private static Tensor gradient(Layer layer, Tensor x, Tensor gy) {
    LayerAtWork work = LayerAtWork.on(x, layer, K, new Philox(NUMBERS.seed(), K));
    work.forward(Mode.LEARN);
    return work.backward(gy.copy());
  }

  private static Tensor centred(Tensor x) {
    Tensor centred = x.copy();
    int c = x.axis(-1);
    for (int row = 0; row < x.size(); row += c) {
      double sum = 0;
      for (int i = row; i < row + c; i++) {
        sum += x.get(i);
      }
      for (int i = row; i < row + c; i++) {
        centred.set(i, x.get(i) - sum / c);
      }
    }
    return centred;
  }
}
