package dev.lamina.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Window;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.LayerAtWork;
import dev.lamina.testkit.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Layers made of layers: their values, and the way of an error through them.
class CompositeGradientTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final Shape MAP = Shape.of(4, 5, 2);
  private static final Shape FEATURES = Shape.of(6);
  private static final int BATCH = 3;

  private static Chain chain(String name, Layer... layers) {
    List<String> names =
        IntStream.range(0, layers.length).mapToObj(i -> layers[i].kind() + "-" + i).toList();
    return new Chain(name, Arrays.asList(layers), names);
  }

  private static Conv2d convolution(Shape input, int stride) {
    Padding padding = new Padding(Padding.Mode.ZEROS, 1);
    Window window = new Window(3, 3, stride, 1, 1);
    Conv2d.Form form = new Conv2d.Form(input.axis(-1) * stride, window, padding, true, 2);
    return new Conv2d(input, form, DType.F64, Layout.same());
  }

  private static Conv2d dense(Shape input, int outputs) {
    Conv2d.Form form = new Conv2d.Form(outputs, Window.DENSE, Padding.NONE, true, 2);
    return new Conv2d(input, form, DType.F64, Layout.same());
  }

  private static BatchNorm norm(Shape shape) {
    return new BatchNorm(shape, DType.F64, true, 1e-5, 0.1, Layout.same());
  }

  private static Activate tanh(Shape shape) {
    return new Activate("tanh", shape, Activation.of(Activation.Kind.TANH));
  }

  private static Residual identity(Shape shape) {
    return new Residual(
        shape,
        chain("body", convolution(shape, 1), norm(shape), tanh(shape), convolution(shape, 1)),
        Chain.identity("shortcut"));
  }

  private static Residual projected() {
    Conv2d first = convolution(MAP, 2);
    Shape half = first.output();
    return new Residual(
        MAP,
        chain(
            "body",
            first,
            tanh(half),
            convolution(half, 1),
            new Dropout(convolution(half, 1).output(), 0.3)),
        chain("shortcut", norm(MAP), new Dropout(MAP, 0.2), convolutionTo(MAP, 2, 4)));
  }

  private static Conv2d convolutionTo(Shape input, int stride, int outputs) {
    Window window = new Window(1, 1, stride, 1, 1);
    return new Conv2d(
        input, new Conv2d.Form(outputs, window, Padding.NONE, false, 2), DType.F64, Layout.same());
  }

  @TestFactory
  Stream<DynamicTest> residualLayers() {
    Flatten flatten = new Flatten(MAP);
    Residual inner = identity(MAP);
    Residual nested =
        new Residual(
            MAP, chain("body", tanh(MAP), inner, norm(MAP)), chain("shortcut", identity(MAP)));
    Residual views =
        new Residual(
            MAP,
            chain("body", flatten, dense(flatten.output(), MAP.size())),
            chain("shortcut", new Flatten(MAP)));
    Residual viewsBehind =
        new Residual(
            MAP,
            chain("body", convolution(MAP, 1), new Flatten(MAP)),
            chain("shortcut", tanh(MAP), new Flatten(MAP)));
    return Arrays.stream(Mode.values())
        .flatMap(mode ->
            Stream.of(
                new LayerCase("identity shortcut " + mode, identity(MAP), MAP, mode),
                new LayerCase("projected shortcut " + mode, projected(), MAP, mode),
                new LayerCase("nested " + mode, nested, MAP, mode),
                new LayerCase("views in front " + mode, views, MAP, mode),
                new LayerCase("views behind " + mode, viewsBehind, MAP, mode)))
        .map(c -> c.test(BATCH, NUMBERS));
  }

  @TestFactory
  Stream<DynamicTest> means() {
    Mean one = new Mean(FEATURES, List.of(chain("chain-1", dense(FEATURES, 4))));
    Mean three =
        new Mean(
            FEATURES,
            List.of(
                chain("chain-1", dense(FEATURES, 4), tanh(Shape.of(4))),
                chain("chain-2", tanh(FEATURES), dense(FEATURES, 4), norm(Shape.of(4))),
                chain("chain-3", dense(FEATURES, 4))));
    Mean views =
        new Mean(
            MAP,
            List.of(
                chain("chain-1", new Flatten(MAP)), chain("chain-2", tanh(MAP), new Flatten(MAP))));
    return Stream.of(
            new LayerCase("mean of one", one, FEATURES, Mode.LEARN),
            new LayerCase("mean of three", three, FEATURES, Mode.LEARN),
            new LayerCase("mean of views", views, MAP, Mode.LEARN))
        .map(c -> c.test(BATCH, NUMBERS));
  }

  @Test
  void aResidualLayerAddsItsInput() {
    Tensor x = NUMBERS.normal("x", MAP.batch(BATCH).axes());
    Residual layer = new Residual(MAP, chain("body", tanh(MAP)), Chain.identity("shortcut"));
    double[] y = at(x, layer).forward(Mode.EVALUATE).toDoubles();
    double[] body = at(x, tanh(MAP)).forward(Mode.EVALUATE).toDoubles();
    for (int i = 0; i < y.length; i++) {
      assertEquals(body[i] + x.get(i), y[i], "at " + i + ", seed " + NUMBERS.seed());
    }
  }

  private static LayerAtWork at(Tensor x, Layer layer) {
    return LayerAtWork.on(x, layer, K, new Philox(NUMBERS.seed(), K));
  }

  @Test
  void withoutAReaderOfTheInputsGradientTheParametersLearnAllTheSame() {
    Residual layer = identity(MAP);
    List<Parameter> parameters = layer.chains().getFirst().parameters();
    parameters.forEach(p -> p.value().copyFrom(NUMBERS.normal(p.name(), p.value().shape().axes())));
    LayerAtWork work = at(NUMBERS.normal("x", MAP.batch(BATCH).axes()), layer);
    Tensor r = NUMBERS.normal("r", MAP.batch(BATCH).axes());
    work.forward(Mode.LEARN);
    work.backward(r);
    List<double[]> read = parameters.stream().map(p -> p.gradient().toDoubles()).toList();
    parameters.forEach(p -> K.fill(p.gradient(), Double.NaN));
    work.forward(Mode.LEARN);
    work.site().gradients(r, null);
    layer.backward(work.site());
    for (int i = 0; i < read.size(); i++) {
      assertArrayEquals(read.get(i), parameters.get(i).gradient().toDoubles());
    }
    assertEquals(null, work.site().strand(0).sites()[0].gx());
  }

  /// Direct feedback alignment sends something else through projections, but not through shortcuts.
  @Test
  void theShortcutHasAnErrorPathOfItsOwn() {
    ErrorPath nothing =
        new ErrorPath() {
          @Override
          public Tensor matrix(Projection p, Site s) {
            return Tensor.zeros(DType.F64, p.weight().value().shape());
          }

          @Override
          public ErrorPath ofShortcut() {
            return TRANSPOSE;
          }
        };
    Layer layer =
        new Residual(
            FEATURES, chain("body", dense(FEATURES, 4)), chain("shortcut", dense(FEATURES, 4)));
    Conv2d shortcut = (Conv2d) layer.chains().getLast().layers().getFirst();
    Tensor w = shortcut.weight().value();
    w.copyFrom(NUMBERS.normal("w", w.shape().axes()));
    Tensor x = NUMBERS.normal("x", BATCH, 6);
    Tensor r = NUMBERS.normal("r", BATCH, 4);
    LayerAtWork both = at(x, layer);
    both.site().path(nothing, r);
    both.forward(Mode.LEARN);
    LayerAtWork alone = at(x, shortcut);
    alone.forward(Mode.LEARN);
    assertArrayEquals(alone.backward(r).toDoubles(), both.backward(r).toDoubles());
  }

  @Test
  void statisticsInsideMoveOnceMore() {
    BatchNorm norm = norm(FEATURES);
    Residual layer = new Residual(FEATURES, chain("body", norm), Chain.identity("shortcut"));
    Tensor x = NUMBERS.normal("x", BATCH, 6);
    LayerAtWork work = at(x, layer);
    work.forward(Mode.LEARN);
    double once = norm.statistics().getFirst().value().get(0);
    layer.again(work.site());
    double twice = norm.statistics().getFirst().value().get(0);
    assertEquals(0.9 * once + once, twice, 1e-15, "the batch's mean is 10 times the first");
    work.forward(Mode.BATCH);
    layer.again(work.site());
    assertEquals(twice, norm.statistics().getFirst().value().get(0));
  }

  @Test
  void theSameTensorsServeEveryStep() {
    Tensor gradient = NUMBERS.normal("r", MAP.batch(BATCH).axes());
    Tensor gx = gradient.copy();
    LayerAtWork work = at(NUMBERS.normal("x", MAP.batch(BATCH).axes()), identity(MAP));
    List<Tensor> seen = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      work.forward(Mode.LEARN);
      work.site().gradients(gradient, gx);
      work.layer().backward(work.site());
      seen.add(work.site().strand(0).sites()[1].gy());
    }
    assertSame(seen.get(0), seen.get(2));
  }

  @Test
  void outputsOfDifferentShapesDoNotAdd() {
    Chain body = chain("body", dense(FEATURES, 4));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Residual(FEATURES, body, Chain.identity("shortcut")));
    assertEquals(
        "the body of a residual layer gives [4] but its shortcut [6]; "
            + "let the shortcut end in the body's shape",
        error.getMessage());
  }
}
