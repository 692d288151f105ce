package dev.lamina.analyze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.analyze.ProjectedGradientDescent.Norm;
import dev.lamina.analyze.Robustness.Method;
import dev.lamina.analyze.Robustness.Point;
import dev.lamina.data.Dataset;
import dev.lamina.data.Normalization;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.Numbers;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Attacks on a small network of dense layers that tells bright places apart.
class AttackTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final int SAMPLES = 120;
  private static final int PIXELS = 9;
  private static final int CLASSES = 3;
  private static final Optional<Normalization> HALF =
      Optional.of(new Normalization(List.of(0.4), List.of(0.25)));

  private final Dataset data = data();
  private final Network network = network();
  private final Tensor x = pixels();
  private final Tensor labels = labels();

  private static Dataset data() {
    Random random = new Random(NUMBERS.seed());
    float[][] x = new float[SAMPLES][PIXELS];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = i % CLASSES;
      for (int j = 0; j < PIXELS; j++) {
        x[i][j] = 0.6f * random.nextFloat() + (j / CLASSES == labels[i] ? 0.4f : 0);
      }
    }
    return Dataset.of(x, labels);
  }

  private Network network() {
    Settings hidden =
        Settings.empty()
            .with("name", "hidden")
            .with(
                "layers",
                List.of(
                    Described.of("flatten"),
                    new Described("dense", Settings.empty().with("outputs", 12)),
                    Described.of("tanh")));
    Settings output =
        Settings.empty().with("name", "output").with("layers", List.of(Described.of("dense")));
    Settings description =
        Settings.empty().with("type", "f64").with("blocks", List.of(hidden, output));
    return new NetworkBuilder(new Philox(NUMBERS.seed(), K), K)
        .build(description, data.sample(), CLASSES);
  }

  private Tensor pixels() {
    Tensor all = Tensor.zeros(DType.F64, data.sample().batch(6));
    data.batch(0, 6, all, Tensor.zeros(DType.I32, 6));
    return all;
  }

  private Tensor labels() {
    Tensor all = Tensor.zeros(DType.I32, 6);
    data.batch(0, 6, Tensor.zeros(DType.F64, data.sample().batch(6)), all);
    return all;
  }

  private Pass pass() {
    return new Pass(network, K, new Philox(1, K), new Pass.Extent(0, 1, 100), "attack");
  }

  private void train() {
    Settings phase =
        Settings.empty()
            .with("name", "learn")
            .with("learn", List.of("hidden", "output"))
            .with("epochs", 10)
            .with("batch", 10)
            .with("rate", 0.01);
    Trainer.Job job =
        new Trainer.Job(network, List.of(Phase.of(phase)), data, data, Path.of("target"));
    new Trainer(job, K, new Philox(1, K), Listener.SILENT).run();
  }

  @Test
  void theGradientOfNormalisedPixelsIsThatOfTheLoss() {
    PixelGradient pixels = new PixelGradient(pass(), HALF);
    Tensor gradient = pixels.of(x, labels).copy();
    Tensor figures = Tensor.zeros(DType.F64, 2);
    Tensor scratch = Tensor.zeros(DType.F64, 6, CLASSES);
    GradientCheck.verify(
        "pixels, seed " + NUMBERS.seed(),
        gradient.reshape(6, PIXELS),
        x.reshape(6, PIXELS),
        () -> {
          network.loss().compute(K, figures, scratch, pixels.outputs(x), labels);
          return 6 * figures.get(0);
        });
  }

  @Test
  void normalisedSamplesBecomePixelsAgain() {
    PixelGradient pixels = new PixelGradient(pass(), HALF);
    Tensor samples = x.copy();
    K.affine(samples, x, 4, -1.6);
    pixels.toPixels(samples);
    assertArrayEquals(x.toDoubles(), samples.toDoubles(), 1e-12);
  }

  @Test
  void oneStepMovesEveryPixelByEpsilonInsideOfTheBox() {
    Tensor moved =
        new FastGradient(Norm.LINF, 0.05)
            .attack(new PixelGradient(pass(), Optional.empty()), x, labels);
    for (int i = 0; i < x.size(); i++) {
      double change = Math.abs(moved.get(i) - x.get(i));
      boolean edge = moved.get(i) == 0 || moved.get(i) == 1;
      assertTrue(edge ? change <= 0.05 + 1e-12 : Math.abs(change - 0.05) < 1e-12, "pixel " + i);
    }
    Tensor near =
        new FastGradient(Norm.L2, 0.05)
            .attack(new PixelGradient(pass(), Optional.empty()), x, labels);
    K.addScaled(near, -1, x);
    Tensor lengths = ProjectedGradientDescent.lengths(K, near);
    for (int i = 0; i < lengths.size(); i++) {
      assertTrue(lengths.get(i) <= 0.05 + 1e-12, "sample " + i);
    }
  }

  @Test
  void theGradientComesDownByTheRulesOwnWayIfThePassIsTold() {
    double[] exact = new PixelGradient(pass(), Optional.empty()).of(x, labels).toDoubles();
    Pass own = pass();
    Tensor b = NUMBERS.normal("b", CLASSES, 12);
    own.path(1, fixed(b));
    double[] sent = new PixelGradient(own, Optional.empty()).of(x, labels).toDoubles();
    assertFalse(Arrays.equals(exact, sent));
    b.copyFrom(network.blocks().get(1).projection().weight().value());
    double[] same = new PixelGradient(own, Optional.empty()).of(x, labels).toDoubles();
    assertArrayEquals(exact, same, 0);
  }

  private static ErrorPath fixed(Tensor b) {
    return new ErrorPath() {
      @Override
      public Tensor matrix(Projection p, Site s) {
        return b;
      }
    };
  }

  @Test
  void largerAttacksSucceedMoreOftenAndFlagsCountWhatWasLost() {
    train();
    PixelGradient pixels = new PixelGradient(pass(), Optional.empty());
    Robustness robustness = new Robustness(pixels, new Philox(2, K), data, 110);
    for (Method method : Method.values()) {
      List<Point> curve = robustness.curve(method, List.of(0.0, 0.1, 0.3));
      double clean = curve.getFirst().accuracy();
      assertTrue(clean > 90, () -> method + ": " + clean);
      for (Point point : curve) {
        long lost = point.succeeded().stream().filter(s -> s).count();
        assertEquals(110, point.succeeded().size());
        assertTrue(
            lost >= Math.round((clean - point.accuracy()) * 1.1),
            () -> method + " at " + point.epsilon());
      }
      assertTrue(curve.get(2).accuracy() < curve.get(1).accuracy(), method + "");
      assertTrue(curve.get(1).accuracy() < clean, method + "");
    }
    assertTrue(
        Robustness.chart(
                "a", List.of("FGSM"), List.of(robustness.curve(Method.FGSM, List.of(0.0, 0.1))))
            .contains("FGSM"));
  }
}
