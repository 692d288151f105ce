package dev.lamina.golden;

import dev.lamina.data.Whitening;
import dev.lamina.layer.AttentionDropout;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Mode;
import dev.lamina.layer.SampleNorm;
import dev.lamina.network.Figures;
import dev.lamina.optim.Initializer;
import dev.lamina.rule.plasticity.NeuronLabels;
import dev.lamina.rule.plasticity.WeightStatistics;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.LayerAtWork;
import java.util.List;
import java.util.Map;

/// The cases around the rule: initial scales, rates, statistics, neuron labels, input transforms.
final class SoftHebbMeasureCases {
  private SoftHebbMeasureCases() {}

  static void initialScales(GoldenCase c) {
    double[] radii = c.params().numbers("R");
    int[] fans = c.params().integers("n");
    for (int order : c.params().integers("ell")) {
      Tensor normal = c.zeros(radii.length, fans.length);
      Tensor positive = c.zeros(radii.length, fans.length);
      for (int i = 0; i < normal.size(); i++) {
        double radius = radii[i / fans.length];
        int fan = fans[i % fans.length];
        normal.set(i, new Initializer.NormalRadius(radius, order).scale(fan));
        positive.set(i, new Initializer.PositiveRadius(radius, order).scale(fan));
      }
      c.check("normal_l" + order, normal);
      c.check("positive_l" + order, positive);
    }
  }

  /// The rates that a rule starts with on the given weights.
  static void rates(GoldenCase c) {
    double base = c.params().number("lr");
    Shape sample = Shape.of(c.in("w").axis(1));
    for (double power : c.params().numbers("q")) {
      for (int order : c.params().integers("ell")) {
        Params layer =
            new Params(
                Map.of(
                    "rule", "soft", "lr", base, "q", power, "adaptive", true, "ell", 1.0 * order));
        HebbianBlock block =
            HebbianBlock.of(c, layer, SoftHebbNetworks.rule(layer, true), sample, 1);
        c.check("eta_q%s_l%d".formatted(shortest(power), order), block.learning().eta());
      }
    }
  }

  private static String shortest(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  static void statistics(GoldenCase c) {
    WeightStatistics s = WeightStatistics.of(c.map("w"), 2);
    double[] norms = s.norms().stream().mapToDouble(Double::doubleValue).toArray();
    double[] bias = c.in("b").toDoubles();
    c.check("convergence", number(s.convergence()));
    c.check("R1", Tensor.of(new int[] {s.unitNorms()}));
    c.check("MW", number(s.meanWeight()));
    c.check("SW", number(s.weightDeviation()));
    c.check("MR", number(s.meanNorm()));
    c.check("SR", number(s.normDeviation()));
    c.check("MeD", number(s.meanDistance()));
    c.check("MaD", number(s.largestDistance()));
    c.check("norms", Tensor.of(norms));
    c.check("MB", number(WeightStatistics.mean(bias)));
    c.check("SB", number(WeightStatistics.deviation(bias)));
  }

  private static Tensor number(double value) {
    return Tensor.of(new double[] {value});
  }

  static void neuronLabels(GoldenCase c) {
    Params layer = c.params();
    Tensor train = c.in("x_train");
    Tensor test = c.in("x_test");
    Params complete =
        new Params(Map.of("rule", layer.text("rule"), "lr", 1.0, "q", 1.0, "adaptive", true));
    HebbianBlock block =
        HebbianBlock.of(
            c,
            complete,
            SoftHebbNetworks.rule(complete, true),
            train.shape().sample(),
            Math.max(train.axis(0), test.axis(0)));
    NeuronLabels evaluation =
        new NeuronLabels(0, layer.integer("classes"), SoftHebbNetworks.competition(layer, true));
    show(block, evaluation, train, c.in("t_train"), true);
    show(block, evaluation, test, c.in("t_test"), false);
    c.check("labels", Tensor.of(evaluation.labels()));
    Figures figures = new Figures();
    evaluation.report(figures);
    c.check("acc_train", number(figures.values().get("unsupervised_train_accuracy")));
    c.check("acc_test", number(figures.values().get("unsupervised_test_accuracy")));
  }

  private static void show(
      HebbianBlock block, NeuronLabels evaluation, Tensor x, Tensor labels, boolean training) {
    block.forward(x, Mode.EVALUATE);
    block.pass().labels().copyFrom(labels);
    evaluation.observe(block.pass(), training);
  }

  static void sampleNorms(GoldenCase c) {
    Tensor x = c.map("x");
    Shape sample = x.shape().sample();
    c.checkMap("maxnorm", forward(c, new SampleNorm(sample, c.type(), SampleNorm.By.MAX), x));
    c.checkMap("normnorm", forward(c, new SampleNorm(sample, c.type(), SampleNorm.By.NORM), x));
  }

  private static Tensor forward(GoldenCase c, Layer layer, Tensor x) {
    return LayerAtWork.on(x, layer, c.kernels(), new RecordedDraws(Map.of())).forward(Mode.LEARN);
  }

  static void attentionDropout(GoldenCase c) {
    Tensor x = c.map("x");
    Layer layer = new AttentionDropout(x.shape().sample(), c.type(), c.params().number("p"));
    Draws recorded = new RecordedDraws(Map.of("layer", List.of(c.map("u"))));
    LayerAtWork work = LayerAtWork.on(x, layer, c.kernels(), recorded);
    c.checkMap("y", work.forward(Mode.LEARN));
    c.check("prob", work.site().slot(0));
  }

  static void whitening(GoldenCase c) {
    Tensor x = c.map("x");
    Whitening whitening =
        Whitening.fit(c.kernels(), x, c.params().numbers("mean"), c.params().numbers("std"));
    Tensor y = Tensor.zeros(x.type(), x.shape());
    whitening.apply(c.kernels(), y, x);
    c.checkMap("y", y);
    c.check("z", bothAxesOutside(whitening.matrix(), x.shape().sample()));
  }

  /// Z runs over flattened maps on both axes: rows, then columns by its symmetry.
  private static Tensor bothAxesOutside(Tensor z, Shape map) {
    Layout flattened = new Layout.Flattened(map);
    return flattened.toOutside(transposed(flattened.toOutside(z)));
  }

  private static Tensor transposed(Tensor z) {
    int d = z.axis(0);
    Tensor t = Tensor.zeros(z.type(), z.shape());
    for (int i = 0; i < d * d; i++) {
      t.set(i % d * d + i / d, z.get(i));
    }
    return t;
  }
}
