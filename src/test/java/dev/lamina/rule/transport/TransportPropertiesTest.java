package dev.lamina.rule.transport;

import static dev.lamina.rule.transport.Chained.K;
import static dev.lamina.rule.transport.Chained.NUMBERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Window;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Layout;
import dev.lamina.network.Plan;
import dev.lamina.optim.Initializer;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.rule.transport.SignFeedback.Magnitude;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The properties of `specs/weight-transport.md`, section 10, by their numbers.
class TransportPropertiesTest {
  private static final Initializer.Centred XAVIER = new Initializer.Xavier();
  private static final TransportOptions NONE = TransportOptions.NONE;
  private static final TransportRule FIXED = new FeedbackAlignment(XAVIER, NONE);
  private static final TransportRule DIRECT = new DirectFeedbackAlignment(XAVIER, NONE);
  private static final TransportRule LEARNED = new KolenPollack(XAVIER, 1, NONE);
  private static final TransportRule MIRRORED = new WeightMirror(XAVIER, linear(0.1, false), NONE);
  private static final List<TransportRule> ALL =
      List.of(
          new Backprop(),
          FIXED,
          DIRECT,
          LEARNED,
          MIRRORED,
          sign(Magnitude.ONE),
          sign(Magnitude.UNIFORM),
          sign(Magnitude.FIXED),
          sign(Magnitude.BATCHWISE));
  private static final int[] SIZES = {5, 7, 6, 4};

  private static TransportRule sign(Magnitude magnitude) {
    return new SignFeedback(magnitude, XAVIER, 1, NONE);
  }

  private static Mirror linear(double rate, boolean center) {
    Mirror.Occasions never = new Mirror.Occasions(OptionalInt.of(0), 1, 0);
    return new Mirror(Mirror.Noise.NORMAL, 1, rate, center, 0, Optional.empty(), 0, never);
  }

  private static Chained network(TransportRule rule) {
    return new Chained(rule, 0, SIZES);
  }

  private static String named(Object what) {
    return what + ", seed " + NUMBERS.seed();
  }

  // ---- 1 to 3: feedback and gradients

  @Test
  void feedbackEqualToTheWeightsGivesTheGradientsOfBackprop() {
    List<Tensor> want = network(new Backprop()).gradients();
    for (TransportRule rule : List.of(FIXED, LEARNED, MIRRORED)) {
      Chained n = network(rule);
      for (int l = 0; l < want.size(); l++) {
        n.owned(l, "feedback").copyFrom(n.w(l));
      }
      verify(rule.name(), want, n.gradients());
    }
  }

  @Test
  void directFeedbackByTheLastWeightsOfTwoLayersIsBackprop() {
    List<Tensor> want = new Chained(new Backprop(), 0, 5, 7, 4).gradients();
    Chained n = new Chained(DIRECT, 0, 5, 7, 4);
    n.owned(1, "feedback").copyFrom(n.w(1));
    n.learning(1).restored();
    verify("direct", want, n.gradients());
  }

  private static void verify(String what, List<Tensor> want, List<Tensor> got) {
    for (int l = 0; l < want.size(); l++) {
      Close.verify(named(what + ", layer " + l), want.get(l), got.get(l));
    }
  }

  @Test
  void theGradientOfTheLastLayerDependsOnNoRule() {
    int last = SIZES.length - 2;
    Tensor want = network(new Backprop()).gradients().get(last);
    for (TransportRule rule : ALL) {
      double[] got = network(rule).gradients().get(last).toDoubles();
      assertArrayEquals(want.toDoubles(), got, 0, named(rule.name()));
    }
  }

  @Test
  void theFeedbackOfTheFirstLayerIsNeverRead() {
    List<Tensor> want = network(FIXED).gradients();
    Chained n = network(FIXED);
    K.fill(n.owned(0, "feedback"), Double.NaN);
    verify("first layer", want, n.gradients());
  }

  @Test
  void scalingFeedbackScalesAllGradientsBelow() {
    List<Tensor> before = network(FIXED).gradients();
    Chained n = network(FIXED);
    K.affine(n.owned(2, "feedback"), n.owned(2, "feedback"), 3, 0);
    List<Tensor> after = n.gradients();
    K.affine(before.get(0), before.get(0), 3, 0);
    K.affine(before.get(1), before.get(1), 3, 0);
    verify("scaled", before, after);
  }

  // ---- 4: Kolen-Pollack

  @Test
  void decayBringsWeightsAndFeedbackTogetherWhateverTheData() {
    double decay = 0.3;
    assertDifferenceShrinks(new Chained(LEARNED, decay, SIZES), 1 - Chained.RATE * decay);
    TransportRule own = new KolenPollack(XAVIER, 0.95, NONE);
    assertDifferenceShrinks(network(own), 0.95);
    TransportOptions after =
        new TransportOptions(false, false, TransportOptions.BiasRate.LIKE_WEIGHTS, 0.9);
    assertDifferenceShrinks(network(new KolenPollack(XAVIER, 1, after)), 0.9);
  }

  private static void assertDifferenceShrinks(Chained n, double factor) {
    int steps = 4;
    Tensor before = difference(n);
    for (int step = 0; step < steps; step++) {
      n.step();
    }
    K.affine(before, before, Math.pow(factor, steps), 0);
    Close.verify(named("W - B times " + factor), before, difference(n));
  }

  private static Tensor difference(Chained n) {
    Tensor difference = n.w(1).copy();
    K.addScaled(difference, -1, n.owned(1, "feedback"));
    return difference;
  }

  // ---- 5: mirrors

  @Test
  void orthogonalNoiseMirrorsTheWeightsExactly() {
    int inputs = 4;
    Conv2d.Form form = new Conv2d.Form(3, Window.DENSE, Padding.NONE, false, 2);
    Conv2d projection = new Conv2d(Shape.of(inputs), form, DType.F64, Layout.same());
    Tensor w = projection.weight().value();
    w.copyFrom(NUMBERS.normal("w", 3, inputs));
    Plan plan = new Plan(1, inputs, inputs, new Sgd(), 1, new Schedule.Constant());
    Junction at = new Junction("b", "p", projection, 1, plan, new Philox(0, K), K);
    Tensor b = Tensor.zeros(DType.F64, w.shape());
    double rate = 0.2;
    NoiseMirror mirror = new NoiseMirror(at, b, linear(rate, false));
    double[] hadamard = {1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1, -1, 1};
    mirror.noise().copyFrom(Tensor.of(hadamard)); // NᵀN = 4 I
    mirror.reflect();
    Tensor want = w.copy();
    K.affine(want, w, rate * inputs, 0);
    Close.verify(named("ΔB = η k W"), want, b);
  }

  @Test
  void noiseTurnsTheFeedbackTowardsTheWeights() {
    Mirror mirror =
        new Mirror(
            Mirror.Noise.NORMAL,
            1,
            0.05,
            true,
            0.1,
            Optional.empty(),
            0,
            new Mirror.Occasions(OptionalInt.of(100), 1, 1));
    Chained n = network(new WeightMirror(XAVIER, mirror, NONE));
    double before = angle(n);
    n.learning(1).begin(n.pass());
    // E[ΔB] = η n W - λ B, so |B| stays near 3 |W|; a noise batch adds about 0.05 √6 to each number
    // of which 0.9 remain: the angle ends far below 90 degrees.
    assertTrue(angle(n) < 30, () -> named(before + " to " + angle(n)));
  }

  private static double angle(Chained n) {
    return Alignment.angle(n.w(1), n.owned(1, "feedback")).orElseThrow();
  }

  // ---- 6 and 7: signs

  @Test
  void uniformSignsFollowTheSignsOfTheWeightsAlone() {
    Chained n = network(sign(Magnitude.UNIFORM));
    Tensor error = below(n);
    K.affine(n.w(2), n.w(2), 5, 0);
    assertArrayEquals(error.toDoubles(), below(n).toDoubles(), 0, named("scaled"));
    K.affine(n.w(2), n.w(2), -1, 0);
    K.affine(error, error, -1, 0);
    assertArrayEquals(error.toDoubles(), below(n).toDoubles(), 0, named("negated"));
  }

  /// What layer 2 sends below for a signal of ones.
  private static Tensor below(Chained n) {
    Tensor d = Tensor.zeros(DType.F64, 1, 4);
    K.fill(d, 1);
    Tensor gx = Tensor.zeros(DType.F64, 1, 6);
    Tensor v = ((TransportLearning) n.learning(2)).feedbacks().getFirst().measured();
    K.transport(gx, d, v, Window.DENSE, 0);
    return gx;
  }

  @Test
  void feedbackOfSignRulesHasTheSignsOfTheWeights() {
    for (Magnitude magnitude : List.of(Magnitude.FIXED, Magnitude.BATCHWISE)) {
      Chained n = network(sign(magnitude));
      n.step();
      Tensor v = ((TransportLearning) n.learning(1)).feedbacks().getFirst().measured();
      for (int i = 0; i < v.size(); i++) {
        int at = i;
        assertTrue(v.get(i) * n.w(1).get(i) >= 0, () -> named(magnitude + " at " + at));
      }
    }
  }

  @Test
  void batchwiseMagnitudesAreDrawnAnewForEveryUpdate() {
    Chained n = network(sign(Magnitude.BATCHWISE));
    n.output();
    Tensor first = n.owned(1, "magnitude").copy();
    n.output();
    assertArrayEquals(first.toDoubles(), n.owned(1, "magnitude").toDoubles(), 0, named("same"));
    n.pass().clock(0, 1);
    n.output();
    assertNotEquals(first.get(0), n.owned(1, "magnitude").get(0), named("next update"));
  }

  /// Of 20 000 signs a share of 0.7 is kept, give or take 0.0032; five times that is allowed.
  @Test
  void concordanceIsTheShareOfSignsThatAreKept() {
    TransportRule rule = new SignFeedback(Magnitude.UNIFORM, XAVIER, 0.7, NONE);
    Chained n = new Chained(rule, 0, 5, 100, 200, 4);
    Tensor v = ((TransportLearning) n.learning(1)).feedbacks().getFirst().measured();
    long kept = IntStream.range(0, v.size()).filter(i -> v.get(i) * n.w(1).get(i) > 0).count();
    assertEquals(0.7, (double) kept / v.size(), 0.016, named("kept"));
  }

  // ---- 8 to 10

  @Test
  void angleIsSymmetricAndKnowsNoLength() {
    Tensor a = NUMBERS.normal("a", 3, 4);
    Tensor b = NUMBERS.normal("b", 3, 4);
    double angle = Alignment.angle(a, b).orElseThrow();
    assertEquals(angle, Alignment.angle(b, a).orElseThrow(), 1e-5, named("swapped"));
    K.affine(b, b, 7, 0);
    assertEquals(angle, Alignment.angle(a, b).orElseThrow(), 1e-5, named("scaled"));
    K.affine(b, b, -1, 0);
    assertEquals(180 - angle, Alignment.angle(a, b).orElseThrow(), 1e-5, named("negated"));
    K.fill(b, 0);
    assertTrue(Alignment.angle(a, b).isEmpty());
    assertTrue(Alignment.ratio(b, a).isEmpty());
  }

  @Test
  void rulesDoNotChangeWhatIsDrawnForTheNetwork() {
    double[] want = network(new Backprop()).output().toDoubles();
    for (TransportRule rule : ALL) {
      assertArrayEquals(want, network(rule).output().toDoubles(), 0, named(rule.name()));
    }
  }

  @Test
  void permutedHiddenUnitsHavePermutedGradients() {
    List<Tensor> want = network(FIXED).gradients();
    Chained n = network(FIXED);
    swapRows(n.w(0));
    swapRows(n.bias(0));
    swapColumns(n.w(1));
    swapColumns(n.owned(1, "feedback"));
    List<Tensor> got = n.gradients();
    swapRows(got.get(0));
    swapColumns(got.get(1));
    verify("permuted", want, got);
  }

  private static void swapRows(Tensor t) {
    Tensor first = t.rows(0, 1).copy();
    t.rows(0, 1).copyFrom(t.rows(1, 2));
    t.rows(1, 2).copyFrom(first);
  }

  private static void swapColumns(Tensor t) {
    for (int row = 0; row < t.axis(0); row++) {
      swapRows(t.rows(row, row + 1).reshape(t.axis(1)));
    }
  }
}
