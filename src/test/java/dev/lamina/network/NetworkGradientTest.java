package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.layer.Mode;
import dev.lamina.loss.CrossEntropy;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The way of an error through whole networks: blocks, views, padding, dropout, statistics.
class NetworkGradientTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final Shape IMAGE = Shape.of(4, 5, 2);
  private static final int BATCH = 10;
  private static final int CLASSES = 3;

  private final Network network = network();
  private final Pass pass =
      new Pass(network, K, new Philox(NUMBERS.seed(), K), new Pass.Extent(0, 1, BATCH), "gradient");
  private final Tensor x = NUMBERS.normal("x", IMAGE.batch(BATCH).axes());
  private final Tensor labels = NUMBERS.labels("labels", BATCH, CLASSES);
  private final Tensor figures = Tensor.zeros(DType.F64, 2);

  private static Network network() {
    Settings convolution =
        Settings.empty()
            .with("outputs", 4)
            .with("kernel", 3)
            .with("padding", 1)
            .with("padding-mode", "reflect")
            .with("groups", 2)
            .with("bias", true);
    Settings pool = Settings.empty().with("kernel", 3).with("stride", 2).with("padding", 1);
    Settings affine = Settings.empty().with("affine", true);
    Settings half = Settings.empty().with("p", 0.3);
    List<Described> maps =
        List.of(
            new Described("batch-norm", affine),
            new Described("convolution", convolution),
            Described.of("tanh"),
            new Described("avg-pool", pool));
    List<Described> features =
        List.of(
            Described.of("flatten"),
            new Described("dropout", half),
            new Described("batch-norm", affine),
            new Described("dense", Settings.empty().with("outputs", 5)),
            Described.of("softmax"),
            new Described("dense", Settings.empty().with("outputs", CLASSES)));
    Settings blocks =
        Settings.empty()
            .with("type", "f64")
            .with(
                "blocks",
                List.of(
                    Settings.empty().with("name", "maps").with("layers", maps),
                    Settings.empty().with("name", "features").with("layers", features)));
    return new NetworkBuilder(new Philox(NUMBERS.seed(), K), K).build(blocks, IMAGE, CLASSES);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theErrorReachesEveryParameterAndTheInput(Mode mode) {
    loss(mode);
    pass.backward(1, Tap.Y, Pass.INPUT);
    Tensor gx = pass.inputError().copy();
    List<Network.Named> trained =
        network.tensors().stream().filter(named -> !named.statistic()).toList();
    List<Tensor> gradients = trained.stream().map(n -> n.parameter().gradient().copy()).toList();
    GradientCheck.verify("input, seed " + NUMBERS.seed(), gx, x, () -> loss(mode));
    for (int i = 0; i < trained.size(); i++) {
      GradientCheck.verify(
          trained.get(i).name() + ", seed " + NUMBERS.seed(),
          gradients.get(i),
          trained.get(i).parameter().value(),
          () -> loss(mode));
    }
  }

  /// Running statistics move in the mode that learns but nobody reads them there.
  private double loss(Mode mode) {
    pass.begin(BATCH);
    pass.input().copyFrom(x);
    pass.forward(0, mode, true);
    pass.forward(1, mode, true);
    new CrossEntropy().compute(K, figures, pass.error(1, Tap.Y), pass.output(), labels);
    return figures.get(0);
  }
}
