package dev.lamina.golden;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Reduction;
import dev.lamina.layer.Mode;
import dev.lamina.layer.Parameter;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.rule.objective.LayerWise;
import dev.lamina.rule.objective.LocalClassifier;
import dev.lamina.rule.objective.LocalObjective;
import dev.lamina.rule.objective.PairStream;
import dev.lamina.rule.objective.Phsic;
import dev.lamina.rule.objective.ThreeFactor;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the cases of single objectives and changes are computed: grouped objectives, three factors,
/// the stream of pairs, local classifiers.
final class PhsicRuleCases {
  private PhsicRuleCases() {}

  /// A network of one block whose rule is the case's.
  private static Network network(GoldenCase c, List<Described> layers, Shape input) {
    boolean map = input.rank() == 3;
    Described rule = PhsicNetwork.phsic(c.params().object("hsic"), map);
    Settings block = SoftHebbNetworks.block("h1", layers, rule);
    Described classes = dense(c.params().integer("classes"), true);
    List<Described> output = map ? List.of(Described.of("flatten"), classes) : List.of(classes);
    Settings out = SoftHebbNetworks.block("out", output, Described.of("backprop"));
    return SoftHebbNetworks.build(c, input, List.of(block, out), c.params().integer("classes"));
  }

  private static Described dense(int outputs, boolean bias) {
    return new Described("dense", Settings.empty().with("outputs", outputs).with("bias", bias));
  }

  // ---- objectives of an activity

  static void objective(GoldenCase c) {
    objective(c, c.map("z"));
  }

  private static void objective(GoldenCase c, Tensor z) {
    Kernels k = c.kernels();
    int m = z.axis(0);
    LocalObjective objective = objective(c, z.shape().sample(), m);
    Tensor centred = Tensor.zeros(DType.F64, m, m);
    objective.labels(centred, c.in("y"));
    double loss = objective.loss(z, centred);
    c.check("loss", Tensor.of(new double[] {loss}));
    c.check("zz", objective.terms().zz());
    c.check("zy", objective.terms().zy());
    c.check("dk", objective.kernelGradient());
    Tensor kernel = objective.kernel().copy();
    if (c.params().object("hsic").text("kz").equals("gaussian")) {
      k.affine(kernel, kernel, 1, 1);
    }
    c.check("k", kernel);
    Tensor dz = Tensor.zeros(z.type(), z.shape());
    objective.gradient(dz);
    c.checkMap("dz", dz);
    BottleneckCases.labelKernel(c);
  }

  private static LocalObjective objective(GoldenCase c, Shape z, int m) {
    Network network = network(c, List.of(identity(z)), z);
    Phsic rule = (Phsic) network.blocks().getFirst().rule();
    return new LocalObjective(rule, z, c.params().integer("classes"), m, c.kernels());
  }

  /// A projection that keeps the shape, so that the block has something to train.
  private static Described identity(Shape z) {
    return z.rank() == 1
        ? dense(z.axis(0), false)
        : new Described(
            "convolution", Settings.empty().with("outputs", z.axis(2)).with("kernel", 1));
  }

  /// Centring an ungrouped map over its width is no setting of Lamina: the rows are centred here,
  /// before the objective and, since that is its own adjoint, behind it.
  static void centredOverWidth(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor z = c.in("z");
    int width = z.axis(-1);
    int m = z.axis(0);
    Tensor centred = centred(k, z.reshape(z.size() / width, width));
    LocalObjective objective = objective(c, Shape.of(z.size() / m), m);
    Tensor l = Tensor.zeros(DType.F64, m, m);
    objective.labels(l, c.in("y"));
    Tensor rows = centred.reshape(m, z.size() / m);
    c.check("loss", Tensor.of(new double[] {objective.loss(rows, l)}));
    c.check("zz", objective.terms().zz());
    c.check("zy", objective.terms().zy());
    c.check("k", objective.kernel());
    c.check("dk", objective.kernelGradient());
    Tensor dz = Tensor.zeros(z.type(), rows.shape());
    objective.gradient(dz);
    c.check("dz", centred(k, dz.reshape(z.size() / width, width)));
    BottleneckCases.labelKernel(c);
  }

  private static Tensor centred(Kernels k, Tensor rows) {
    Tensor means = Tensor.zeros(rows.type(), rows.axis(0));
    Tensor centred = Tensor.zeros(rows.type(), rows.shape());
    k.reduce(means, Reduction.MEAN, rows, 1);
    k.combineRows(centred, rows, means, Operation.SUBTRACT);
    return centred;
  }

  // ---- changes of weights

  private static Pass forward(GoldenCase c, Network network, Tensor x) {
    int m = x.axis(0);
    Pass.Extent first = new Pass.Extent(0, 0, m);
    Pass pass = new Pass(network, c.kernels(), new Philox(0, c.kernels()), first, "golden");
    pass.begin(m);
    pass.input().copyFrom(x);
    pass.labels().copyFrom(c.in("y"));
    pass.forward(0, Mode.LEARN, true);
    return pass;
  }

  static void threeFactor(GoldenCase c) {
    Tensor x = c.map("x");
    Tensor w = c.in("w");
    boolean map = w.shape().rank() == 4;
    List<Described> layers = new ArrayList<>();
    layers.add(
        map
            ? new Described(
                "convolution",
                Settings.empty()
                    .with("outputs", w.axis(0))
                    .with("kernel", w.axis(2))
                    .with("padding", (w.axis(2) - 1) / 2))
            : dense(w.axis(0), false));
    layers.add(PhsicNetwork.activation(c.params()));
    if (c.params().flag("pool")) {
      layers.add(new Described("max-pool", Settings.empty().with("kernel", 2)));
    }
    Network network = network(c, layers, x.shape().sample());
    String name = "h1." + (map ? "convolution" : "dense") + ".weight";
    SoftHebbNetworks.set(network, name, w);
    Pass pass = forward(c, network, x);
    ThreeFactor.Factors factors = new ThreeFactor(network, 0, x.axis(0), c.kernels()).of(pass);
    c.check("e", factors.teaching());
    c.check("xi", factors.third());
    c.checkMap("post", factors.post());
    c.checkMap("delta_w", factors.change());
    c.checkMap("minus_gradient", minusGradient(c, network, pass));
  }

  private static Tensor minusGradient(GoldenCase c, Network network, Pass pass) {
    Phsic rule = (Phsic) network.blocks().getFirst().rule();
    int m = pass.size();
    Shape z = network.blocks().getFirst().output();
    LocalObjective objective =
        new LocalObjective(rule, z, c.params().integer("classes"), m, c.kernels());
    Tensor labels = Tensor.zeros(DType.F64, m, m);
    objective.labels(labels, pass.labels());
    objective.loss(pass.tap(0, Tap.Y), labels);
    objective.gradient(pass.error(0, Tap.Y));
    pass.backward(0, Tap.Y, 0);
    Parameter weight = network.blocks().getFirst().projection().weight();
    Tensor minus = Tensor.zeros(weight.value().type(), weight.value().shape());
    c.kernels().affine(minus, weight.gradient(), -1, 0);
    return minus;
  }

  static void pairs(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor x = c.in("x");
    Tensor w = c.in("w");
    int m = x.axis(0);
    Described activation = PhsicNetwork.activation(c.params());
    Network network = network(c, List.of(dense(w.axis(0), false), activation), x.shape().sample());
    SoftHebbNetworks.set(network, "h1.dense.weight", w);
    Pass pass = forward(c, network, x);
    c.check("delta_w", minusGradient(c, network, pass));
    Tensor weights = weightsOfPairs(c, network, pass);
    c.check("m", weights);
    Tensor slope = Tensor.zeros(w.type(), m, w.axis(0));
    k.fill(slope, 1);
    Activation f = new Activation(Activation.Kind.LEAKY_RELU, c.params().number("slope"));
    k.activateBackward(slope, slope, pass.tap(0, Tap.U), f);
    PairStream stream = new PairStream(weights, pass.tap(0, Tap.Y), slope, x);
    Tensor change = Tensor.zeros(w.type(), w.shape());
    for (int i = 0; i < m; i++) {
      stream.arrive(i, change, k);
    }
    c.check("delta_w_pairs", change);
  }

  /// M = E ∘ K / σ², E = -dK.
  private static Tensor weightsOfPairs(GoldenCase c, Network network, Pass pass) {
    Kernels k = c.kernels();
    int m = pass.size();
    Phsic rule = (Phsic) network.blocks().getFirst().rule();
    LocalObjective objective =
        new LocalObjective(
            rule, network.blocks().getFirst().output(), c.params().integer("classes"), m, k);
    Tensor labels = Tensor.zeros(DType.F64, m, m);
    objective.labels(labels, pass.labels());
    objective.loss(pass.tap(0, Tap.Y), labels);
    Tensor weights = Tensor.zeros(DType.F64, m, m);
    double sigma = rule.kernel().sigma();
    k.affine(weights, objective.kernel(), 1, 1);
    k.combine(weights, weights, objective.kernelGradient(), Operation.MULTIPLY);
    k.affine(weights, weights, -1 / (sigma * sigma), 0);
    return weights;
  }

  // ---- local classifiers

  static void classifier(GoldenCase c) {
    Tensor z = c.map("z");
    Tensor y = c.in("y");
    boolean map = z.shape().rank() == 4;
    int projection = map ? c.params().integer("projection") : z.axis(1);
    for (LayerWise.Feedback feedback : LayerWise.Feedback.values()) {
      LayerWise rule = new LayerWise(projection, feedback, Optional.empty());
      LocalClassifier classifier =
          new LocalClassifier(rule, z.shape().sample(), z.type(), c.in("pw").axis(0), c.kernels());
      set(classifier.parameters().get(0), c.in("pw"));
      set(classifier.parameters().get(1), c.in("pb"));
      set(classifier.feedback(), c.in("pfb"));
      Tensor dz = Tensor.zeros(z.type(), z.shape());
      double loss = classifier.loss(z, y);
      Parameter weight = classifier.parameters().getFirst();
      if (feedback == LayerWise.Feedback.WEIGHTS) {
        c.check("features", weight.layout().toOutside(classifier.features()));
        c.check("logits", classifier.logits());
        c.check("loss", Tensor.of(new double[] {loss}));
      }
      classifier.gradient(dz);
      c.checkMap(feedback == LayerWise.Feedback.FIXED ? "dz_fa" : "dz", dz);
      c.check("dpw", weight.layout().toOutside(weight.gradient()));
      c.check("dpb", classifier.parameters().get(1).gradient());
    }
  }

  private static void set(Parameter p, Tensor outside) {
    p.value().copyFrom(p.layout().toInside(outside, p.value().shape()));
  }
}
