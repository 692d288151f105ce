package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.layer.Mode;
import dev.lamina.layer.Parameter;
import dev.lamina.network.Described;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A small network of dense blocks with tanh between them, all with one rule of the family.
final class Chained {
  static final Kernels K = new ReferenceKernels();
  static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  static final int SAMPLES = 6;
  static final double RATE = 0.1;

  private final int layers;
  private final Network network;
  private final List<Learning> learnings = new ArrayList<>();
  private final Pass pass;

  /// @param decay coupled weight decay of the descent
  Chained(TransportRule rule, double decay, int... sizes) {
    this.layers = sizes.length - 1;
    List<Settings> blocks = IntStream.range(0, layers).mapToObj(l -> block(l, sizes)).toList();
    Settings description = Settings.empty().with("type", "f64").with("blocks", blocks);
    Philox draws = new Philox(NUMBERS.seed(), K);
    NetworkBuilder builder = new NetworkBuilder(draws, K);
    this.network = builder.build(description, Shape.of(sizes[0]), sizes[layers]);
    Pass.Extent all = new Pass.Extent(0, layers - 1, SAMPLES);
    this.pass = new Pass(network, K, draws, all, "test");
    Sgd sgd = new Sgd(0, 0, decay, false);
    Plan plan = new Plan(1, SAMPLES, SAMPLES, sgd, RATE, new Schedule.Constant());
    for (int l = 0; l < layers; l++) {
      Learning learning = rule.start(network, l, plan, draws, K);
      learnings.add(learning);
      pass.path(l, learning.path());
    }
    pass.begin(SAMPLES);
    pass.input().copyFrom(NUMBERS.normal("x", SAMPLES, sizes[0]));
    pass.labels().copyFrom(NUMBERS.labels("labels", SAMPLES, sizes[layers]));
  }

  private Settings block(int l, int[] sizes) {
    Settings outputs = Settings.empty().with("outputs", sizes[l + 1]);
    List<Described> made = new ArrayList<>(List.of(new Described("dense", outputs)));
    if (l < layers - 1) {
      made.add(Described.of("tanh"));
    }
    return Settings.empty().with("name", "l" + l).with("layers", made);
  }

  Parameter weight(int l) {
    return network.blocks().get(l).projection().weight();
  }

  Tensor w(int l) {
    return weight(l).value();
  }

  Tensor bias(int l) {
    return network.blocks().get(l).parameters().get(1).value();
  }

  Learning learning(int l) {
    return learnings.get(l);
  }

  /// What the rule owns at layer `l`; its state must be told by `restored` when it was changed.
  Tensor owned(int l, String name) {
    return learnings.get(l).state().get("dense." + name);
  }

  Pass pass() {
    return pass;
  }

  Tensor output() {
    forward();
    return pass.output().copy();
  }

  private void forward() {
    for (int l = 0; l < layers; l++) {
      learnings.get(l).beforeForward(pass);
      pass.forward(l, Mode.LEARN, true);
    }
  }

  /// One forward and backward; the gradients of all weights.
  List<Tensor> gradients() {
    forward();
    Tensor figures = Tensor.zeros(DType.F64, 2);
    Tensor error = pass.error(layers - 1, Tap.Y);
    network.loss().compute(K, figures, error, pass.output(), pass.labels());
    pass.backward(layers - 1, Tap.Y, 0);
    return IntStream.range(0, layers).mapToObj(l -> weight(l).gradient().copy()).toList();
  }

  void step() {
    gradients();
    learnings.forEach(learning -> learning.learn(pass));
    learnings.forEach(learning -> learning.between(pass));
  }
}
