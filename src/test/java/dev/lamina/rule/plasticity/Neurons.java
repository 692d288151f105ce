package dev.lamina.rule.plasticity;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Window;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Mode;
import dev.lamina.network.Block;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// One layer of SoftHebb neurons in F64 on the reference tier, fed by hand.
///
/// @param layer the layer; its weights can be set
/// @param pass a pass over the network of this layer
/// @param learning the rule at work
record Neurons(Conv2d layer, Pass pass, SoftHebbLearning learning) {
  static final Kernels K = new ReferenceKernels();
  private static final int CAPACITY = 64;

  /// Dense neurons with the weights `[out, in]`.
  static Neurons dense(Tensor w, SoftHebb rule) {
    return dense(w, rule, false);
  }

  /// Dense neurons with the weights `[out, in]`, maybe with a bias of zeros.
  static Neurons dense(Tensor w, SoftHebb rule, boolean bias) {
    Conv2d.Form form = new Conv2d.Form(w.axis(0), Window.DENSE, Padding.NONE, bias, 2);
    return of(Shape.of(w.axis(1)), form, w, rule);
  }

  /// Neurons on a map `[h, w, c]` with the weights `[out, kh, kw, in]`.
  static Neurons onMap(Shape map, Window window, Tensor w, SoftHebb rule) {
    return of(map, new Conv2d.Form(w.axis(0), window, Padding.NONE, false, 2), w, rule);
  }

  private static Neurons of(Shape input, Conv2d.Form form, Tensor w, SoftHebb rule) {
    Conv2d layer = new Conv2d(input, form, DType.F64, Layout.same());
    layer.weight().value().copyFrom(w);
    Block block = new Block("b1", input, List.of(layer), List.of(layer.kind()), rule);
    Network network = new Network(input, DType.F64, List.of(block), Settings.empty());
    Draws draws = new Philox(0, K);
    Pass pass = new Pass(network, K, draws, new Pass.Extent(0, 0, CAPACITY), "neurons");
    Plan plan = new Plan(1, 1, 1, new Sgd(), 1, new Schedule.Constant());
    SoftHebbLearning learning = (SoftHebbLearning) rule.start(network, 0, plan, draws, K);
    return new Neurons(layer, pass, learning);
  }

  /// The rule of a softmax competition with norm-dependent rate 0.1 and power 0.5.
  static SoftHebb rule(Competition.Form form, double inverseTemperature) {
    return rule(Competition.of(form, inverseTemperature));
  }

  /// The rule of a competition with norm-dependent rate 0.1 and power 0.5.
  static SoftHebb rule(Competition competition) {
    return new SoftHebb(competition, new Rate.NormDependent(0.1, 0.5));
  }

  /// The supervised rule with the same rate.
  static SoftHebb supervised() {
    return new SoftHebb(Optional.empty(), new Rate.NormDependent(0.1, 0.5), 0);
  }

  /// One forward and one update.
  void learn(Tensor x) {
    see(x);
    learning.learn(pass);
  }

  /// One forward.
  void see(Tensor x) {
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
    pass.forward(0, Mode.LEARN, false);
  }

  /// The pre-activations.
  Tensor u() {
    return pass.tap(0, Tap.U);
  }

  /// What each neuron contributed to the last update.
  Tensor y() {
    return pass.scratch(0, "y", u().shape());
  }

  /// The weights.
  Tensor w() {
    return layer.weight().value();
  }
}
