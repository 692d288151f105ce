package dev.lamina.golden;

import dev.lamina.analyze.PatchBox;
import dev.lamina.analyze.ProjectedGradientDescent;
import dev.lamina.analyze.ReceptiveField;
import dev.lamina.analyze.Slide;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The cases of `dev.lamina.analyze`: receptive fields, patches, attacks.
final class AnalysisCases {
  private static final Described UNTRAINED = Described.of("backprop");

  private AnalysisCases() {}

  /// A dense layer with softmax output and a linear classifier, attacked in both norms.
  static void projectedGradientDescent(GoldenCase c) {
    attack(c, ProjectedGradientDescent.Norm.LINF, "linf");
    attack(c, ProjectedGradientDescent.Norm.L2, "l2");
  }

  private static void attack(GoldenCase c, ProjectedGradientDescent.Norm norm, String name) {
    Tensor x = c.in("x");
    double epsilon = c.params().number("eps_" + name);
    double step = epsilon * c.params().number("rel_step");
    Pass pass = attacked(c, x);
    Tensor moved =
        new ProjectedGradientDescent(norm, epsilon, step, c.params().integer("iterations"))
            .attack(pass, x, c.in("d"), c.in("t"));
    c.check("x_" + name, moved);
    pass.input().copyFrom(moved);
    pass.evaluate(0, 1);
    c.check("logits_" + name, pass.output());
  }

  private static Pass attacked(GoldenCase c, Tensor x) {
    Tensor w = c.in("w");
    List<Described> layers =
        new ArrayList<>(SoftHebbNetworks.projection(new Params(Map.of()), w, false));
    layers.add(SoftHebbNetworks.activation(List.of("softmax", c.params().number("T"))));
    Network network =
        SoftHebbNetworks.build(
            c,
            x.shape().sample(),
            List.of(
                SoftHebbNetworks.block("b0", layers, UNTRAINED),
                SoftHebbNetworks.classifier(List.of(), c.in("wc"))),
            0);
    SoftHebbNetworks.set(network, "b0.dense.weight", w);
    SoftHebbNetworks.set(network, "classifier.dense.weight", c.in("wc"));
    SoftHebbNetworks.set(network, "classifier.dense.bias", c.in("bc"));
    Pass.Extent all = new Pass.Extent(0, 1, x.axis(0));
    return new Pass(network, c.kernels(), new Philox(0, c.kernels()), all, "golden");
  }

  /// Blocks of batch norm, convolution, triangle and max pool 4/2/1 on an image that is larger than
  /// the field, padded as in training.
  static void receptiveField(GoldenCase c) {
    Params p = c.params();
    Tensor x = c.map("x0");
    Network network = padded(c, Shape.of(2 * x.axis(1), 2 * x.axis(2), x.axis(3)));
    ReceptiveField field = new ReceptiveField(network, network.blocks().size() - 1, c.kernels());
    if (!field.input().equals(x.shape().sample())) {
      throw new AssertionError("the field is " + field.input() + " but the file has " + x.shape());
    }
    Tensor u = c.zeros(1);
    for (int i = 1; i <= p.integer("iterations"); i++) {
      u.set(0, field.ascend(x, p.integer("neuron"), p.number("step"), p.number("eps")));
      if (c.hasOut("u." + i)) {
        c.check("u." + i, u);
      }
      if (c.hasOut("x." + i)) {
        c.checkMap("x." + i, x);
      }
    }
  }

  private static Network padded(GoldenCase c, Shape input) {
    List<Settings> blocks = new ArrayList<>();
    while (c.hasIn("w" + blocks.size())) {
      blocks.add(block(c, blocks.size()));
    }
    Network network = SoftHebbNetworks.build(c, input, blocks, 0);
    for (int b = 0; b < blocks.size(); b++) {
      String name = "b" + b;
      SoftHebbNetworks.set(network, name + ".convolution.weight", c.in("w" + b));
      SoftHebbNetworks.set(network, name + ".batch-norm.running-mean", c.in("rm" + b));
      SoftHebbNetworks.set(network, name + ".batch-norm.running-variance", c.in("rv" + b));
    }
    return network;
  }

  private static Settings block(GoldenCase c, int b) {
    Tensor w = c.in("w" + b);
    Params padding = new Params(Map.of("pad", (double) (w.axis(2) / 2)));
    List<Described> layers = new ArrayList<>(List.of(Described.of("batch-norm")));
    layers.addAll(SoftHebbNetworks.projection(padding, w, false));
    layers.add(SoftHebbNetworks.activation(List.of("triangle", c.params().number("power"))));
    layers.add(SoftHebbNetworks.pool(List.of("max", 4.0, 2.0, 1.0)));
    return SoftHebbNetworks.block("b" + b, layers, UNTRAINED);
  }

  static void patchBoxes(GoldenCase c) {
    List<Slide> slides = new ArrayList<>();
    for (Object layer : c.params().list("chain")) {
      int[] n = ((List<?>) layer).stream().mapToInt(v -> ((Double) v).intValue()).toArray();
      slides.add(new Slide(n[0], n[1], n[2], n[3]));
    }
    int size = c.params().integer("size");
    Tensor positions = c.in("yx");
    Tensor boxes = Tensor.zeros(DType.I32, positions.axis(0), 4);
    for (int i = 0; i < positions.axis(0); i++) {
      int y = (int) positions.get(2 * i);
      int x = (int) positions.get(2 * i + 1);
      PatchBox box = PatchBox.of(slides, y, x, Shape.of(size, size, 1));
      boxes.set(4 * i, box.top());
      boxes.set(4 * i + 1, box.bottom());
      boxes.set(4 * i + 2, box.left());
      boxes.set(4 * i + 3, box.right());
    }
    c.check("box", boxes);
  }
}
