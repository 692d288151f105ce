package dev.lamina.analyze;

import dev.lamina.analyze.Chart.Panel;
import dev.lamina.analyze.Chart.Series;
import dev.lamina.analyze.ProjectedGradientDescent.Norm;
import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How often a network is still right when its images are attacked, over the size of the attack.
///
/// Accuracies are of all images that were shown, also of those that were wrong before the attack.
///
/// Source: `specs/information.md`, section 2.6.
public final class Robustness {
  private static final int BATCH = 100;

  private final PixelGradient network;
  private final Draws draws;
  private final Dataset data;
  private final int samples;

  /// How images are attacked.
  public enum Method {
    /// One step (`FastGradient`).
    FGSM,
    /// Many small steps from a random start (`ProjectedGradientDescent`): 40 steps of ε/10.
    PGD
  }

  /// What an attack of one size did.
  ///
  /// @param epsilon its size; 0 is no attack
  /// @param accuracy right answers in percent of all images
  /// @param succeeded for each image whether it was classified rightly before and wrongly now
  public record Point(double epsilon, double accuracy, List<Boolean> succeeded) {
    /// Keeps an unmodifiable copy.
    public Point {
      succeeded = List.copyOf(succeeded);
    }
  }

  /// Attacks on a network whose pass has room for 100 samples.
  ///
  /// @param draws random starts, of stream `attack`
  /// @param data samples as the network reads them
  /// @param samples how many of them, from the first on
  public Robustness(PixelGradient network, Draws draws, Dataset data, int samples) {
    this.network = network;
    this.draws = draws;
    this.data = data;
    this.samples = Math.min(samples, data.size());
  }

  /// Attacks of several sizes in the largest norm of a pixel.
  public List<Point> curve(Method method, List<Double> epsilons) {
    return epsilons.stream().map(epsilon -> point(method, epsilon)).toList();
  }

  private Point point(Method method, double epsilon) {
    List<Boolean> succeeded = new ArrayList<>();
    int right = 0;
    for (int at = 0; at < samples; at += BATCH) {
      int n = Math.min(BATCH, samples - at);
      Tensor x = pixels(at, n);
      Tensor labels = labels(at, n);
      boolean[] before = right(network.outputs(x), labels);
      boolean[] after = before;
      if (epsilon > 0) {
        after = right(network.outputs(attacked(method, epsilon, x, labels, at)), labels);
      }
      for (int i = 0; i < n; i++) {
        right += after[i] ? 1 : 0;
        succeeded.add(before[i] && !after[i]);
      }
    }
    return new Point(epsilon, 100.0 * right / Math.max(1, samples), succeeded);
  }

  private Tensor attacked(Method method, double epsilon, Tensor x, Tensor labels, int at) {
    if (method == Method.FGSM) {
      return new FastGradient(Norm.LINF, epsilon).attack(network, x, labels);
    }
    Tensor start = x.copy();
    draws.uniform(start, "attack", at);
    network.kernels().affine(start, start, 2, -1);
    return new ProjectedGradientDescent(Norm.LINF, epsilon, epsilon / 10, 40)
        .attack(network, x, start, labels);
  }

  private Tensor pixels(int at, int n) {
    Tensor x = Tensor.zeros(network.type(), data.sample().batch(n));
    data.batch(at, n, x, Tensor.zeros(DType.I32, n));
    network.toPixels(x);
    return x;
  }

  private Tensor labels(int at, int n) {
    Tensor labels = Tensor.zeros(DType.I32, n);
    for (int i = 0; i < n; i++) {
      labels.set(i, data.label(at + i));
    }
    return labels;
  }

  private boolean[] right(Tensor outputs, Tensor labels) {
    Kernels k = network.kernels();
    Tensor predicted = Tensor.zeros(DType.I32, labels.size());
    k.argmax(predicted, outputs);
    boolean[] right = new boolean[labels.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = predicted.get(i) == labels.get(i);
    }
    return right;
  }

  /// The curves of one or more methods, as an SVG text.
  ///
  /// @param names a name for each curve
  public static String chart(String title, List<String> names, List<List<Point>> curves) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      List<Double> x = curves.get(i).stream().map(Point::epsilon).toList();
      List<Double> y = curves.get(i).stream().map(Point::accuracy).toList();
      series.add(new Series(names.get(i), x, y));
    }
    Panel panel =
        new Panel(
            "Attacked images",
            "largest change of a pixel",
            "accuracy, %",
            series,
            Optional.empty());
    return Chart.of(title, List.of(panel));
  }
}
