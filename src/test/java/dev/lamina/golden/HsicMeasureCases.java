package dev.lamina.golden;

import dev.lamina.analyze.Density;
import dev.lamina.analyze.Smoothing;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.loss.CrossEntropy;
import dev.lamina.measure.ClassResponses;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Accuracy;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Evaluations and figures of the HSIC bottleneck: solve accuracy, epoch metrics, distributions,
/// densities, smoothed curves.
final class HsicMeasureCases {
  private HsicMeasureCases() {}

  static void solve(GoldenCase c) {
    Tensor out = c.in("out");
    ClassResponses responses = new ClassResponses(c.params().integer("classes"), out.axis(1));
    responses.add(out, c.in("y"));
    int[] units = responses.greedy();
    c.check("accuracy", Tensor.of(new double[] {responses.accuracy(units)}));
    c.check("assignment", Tensor.of(units));
    c.check("per_class", Tensor.of(responses.recalls(units)));
  }

  static void distribution(GoldenCase c) {
    Tensor act = c.in("act");
    int classes = c.params().integer("classes");
    ClassResponses responses = new ClassResponses(classes, act.axis(1));
    responses.add(act, c.in("y"));
    c.check("mean", rows(classes, responses::means));
    c.check("std", rows(classes, responses::deviations));
    int[] strongest = IntStream.range(0, classes).map(responses::strongest).toArray();
    c.check("argmax", Tensor.of(strongest));
    c.check("acc", Tensor.of(responses.recalls(strongest)));
  }

  private static Tensor rows(int count, IntFunction<double[]> row) {
    return Tensor.of(
        IntStream.range(0, count).mapToObj(row).flatMapToDouble(Arrays::stream).toArray());
  }

  static void metrics(GoldenCase c) {
    Tensor z = c.in("z");
    Tensor y = c.in("y");
    int batch = c.params().integer("batch_size");
    Pass pass = identity(c, z.shape().sample(), batch);
    Accuracy accuracy = new Accuracy(new CrossEntropy(), z.axis(1));
    for (int at = 0; at < z.axis(0); at += batch) {
      int n = Math.min(batch, z.axis(0) - at);
      pass.begin(n);
      pass.input().copyFrom(z.rows(at, at + n));
      pass.labels().copyFrom(y.rows(at, at + n));
      pass.forward(0, Mode.EVALUATE, false);
      accuracy.observe(pass, false);
    }
    Figures figures = new Figures();
    accuracy.report("test", true, figures);
    check(c, "acc", figures, "test_accuracy_batch_mean");
    check(c, "loss", figures, "test_loss_batch_mean");
    check(c, "acc_exact", figures, "test_accuracy");
  }

  private static void check(GoldenCase c, String output, Figures figures, String name) {
    c.check(output, Tensor.of(new double[] {figures.values().get(name)}));
  }

  /// A network whose output is its input.
  private static Pass identity(GoldenCase c, Shape input, int batch) {
    List<Described> layers = List.of(Described.of("flatten"));
    Network network =
        SoftHebbNetworks.build(
            c,
            input,
            List.of(SoftHebbNetworks.block("b", layers, Described.of("backprop"))),
            input.size());
    Pass.Extent extent = new Pass.Extent(0, 0, batch);
    return new Pass(network, c.kernels(), new Philox(0, c.kernels()), extent, "golden");
  }

  static void density(GoldenCase c) {
    Params p = c.params();
    int classes = p.integer("classes");
    double[] points = Density.points(p.number("lo"), p.number("hi"), p.integer("points"));
    double[] all = new double[0];
    double[] means = new double[classes];
    for (int label = 0; label < classes; label++) {
      double[] values = ofClass(c, label);
      all =
          DoubleStream.concat(Arrays.stream(all), Arrays.stream(Density.at(points, values)))
              .toArray();
      means[label] = Arrays.stream(values).average().orElseThrow();
    }
    c.check("density", Tensor.of(all));
    c.check("mean", Tensor.of(means));
  }

  private static double[] ofClass(GoldenCase c, int label) {
    Tensor act = c.in("act");
    Tensor y = c.in("y");
    return IntStream.range(0, y.size())
        .filter(i -> y.get(i) == label)
        .mapToDouble(act::get)
        .toArray();
  }

  static void smoothing(GoldenCase c) {
    List<Double> values = Arrays.stream(c.in("v").toDoubles()).boxed().toList();
    Smoothing smooth = Smoothing.of(values, c.params().integer("half"));
    c.check("mean", tensor(smooth.mean()));
    c.check("std", tensor(smooth.deviation()));
  }

  private static Tensor tensor(List<Double> values) {
    return Tensor.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
