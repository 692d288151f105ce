package dev.lamina.rule.objective;

import static dev.lamina.rule.objective.Activities.K;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Philox;
import dev.lamina.layer.Parameter;
import dev.lamina.rule.objective.Phsic.Estimate;
import dev.lamina.rule.objective.Phsic.Groups;
import dev.lamina.rule.objective.Phsic.Kernel;
import dev.lamina.rule.objective.Phsic.Kernel.Kind;
import dev.lamina.rule.objective.Phsic.Labels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every local objective, and at the edge of sense (`specs/phsic.md`, sections 14
/// and 18).
class LocalObjectiveTest {
  private static final int CLASSES = 3;
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private final Tensor y = NUMBERS.labels("y", 6, CLASSES);

  /// All kernels and estimates, with and without groups.
  static Stream<Phsic> rules() {
    List<Phsic> rules = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Estimate estimate : Estimate.values()) {
        rules.add(rule(kind, estimate, Optional.empty()));
        rules.add(rule(kind, estimate, Optional.of(new Groups(4, 0.8, 0.5))));
      }
    }
    return rules.stream();
  }

  private static Phsic rule(Kind kind, Estimate estimate, Optional<Groups> groups) {
    Labels labels = new Labels(new Kernel(kind, 0.7), groups.isPresent());
    return new Phsic(
        new Kernel(kind, 1.5), labels, 1.7, estimate, groups, groups.isPresent(), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theGradientIsThatOfTheLoss(Phsic rule) {
    for (Tensor z : List.of(NUMBERS.normal("z", 6, 12), NUMBERS.normal("z", 6, 2, 3, 8))) {
      Activities activities = new Activities(rule, z, y, CLASSES);
      GradientCheck.verify(
          rule + " seed " + NUMBERS.seed(), activities.gradient(), z, activities::loss);
    }
  }

  @Test
  void centringWithoutGroupsIsDifferentiatedToo() {
    Tensor z = NUMBERS.normal("z", 6, 5);
    Labels labels = new Labels(new Kernel(Kind.COSINE, 1), true);
    Phsic rule =
        new Phsic(
            new Kernel(Kind.COSINE, 1),
            labels,
            2,
            Estimate.PLAUSIBLE,
            Optional.empty(),
            true,
            Optional.empty());
    Activities activities = new Activities(rule, z, y, CLASSES);
    GradientCheck.verify("z", activities.gradient(), z, activities::loss);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theOrderOfSamplesPermutesTheGradientAndNoMore(Phsic rule) {
    Tensor z = NUMBERS.normal("z", 6, 2, 2, 4);
    int[] order = {3, 0, 5, 1, 4, 2};
    Activities one = new Activities(rule, z, y, CLASSES);
    Activities other =
        new Activities(rule, Activities.rows(z, order), Activities.rows(y, order), CLASSES);
    Close.verify("loss", new double[] {one.loss()}, new double[] {other.loss()});
    Close.verify("dz", Activities.rows(one.gradient(), order), other.gradient());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void namesOfClassesDoNotMatter(Phsic rule) {
    Tensor z = NUMBERS.normal("z", 6, 8);
    Tensor renamed = y.copy();
    for (int i = 0; i < y.size(); i++) {
      renamed.set(i, (y.get(i) + 1) % CLASSES);
    }
    Close.verify(
        "dz",
        new Activities(rule, z, y, CLASSES).gradient(),
        new Activities(rule, z, renamed, CLASSES).gradient());
  }

  @Test
  void neuronsOfAGroupAreAlike() {
    Phsic rule = rule(Kind.COSINE, Estimate.PLAUSIBLE, Optional.of(new Groups(3, 0.5, 1)));
    Tensor z = NUMBERS.normal("z", 6, 6);
    Tensor swapped = swapFirstTwo(z);
    Close.verify(
        "dz",
        swapFirstTwo(new Activities(rule, z, y, CLASSES).gradient()),
        new Activities(rule, swapped, y, CLASSES).gradient());
  }

  private static Tensor swapFirstTwo(Tensor z) {
    Tensor swapped = z.copy();
    int width = z.axis(1);
    for (int i = 0; i < z.axis(0); i++) {
      swapped.set(i * width, z.get(i * width + 1));
      swapped.set(i * width + 1, z.get(i * width));
    }
    return swapped;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aBatchOfOneHasNothingToLearn(Phsic rule) {
    Tensor z = NUMBERS.normal("z", 1, 8);
    Activities one = new Activities(rule, z, y.rows(0, 1), CLASSES);
    assertEquals(0, one.loss(), 1e-15);
    assertArrayEquals(new double[8], one.gradient().toDoubles(), 1e-15);
  }

  @Test
  void aBatchOfOneClassIsCompressedAndNothingElse() {
    Phsic rule = Activities.rule(Kind.GAUSSIAN, 2, Optional.empty());
    Tensor z = NUMBERS.normal("z", 6, 8);
    Activities alike = new Activities(rule, z, Tensor.of(new int[6]), CLASSES);
    double loss = alike.loss();
    assertEquals(alike.objective().terms().zz().get(0), loss, 1e-15);
    assertTrue(loss > 0);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void zerosAndDuplicatesAndFarPointsGiveFiniteNumbers(Phsic rule) {
    Tensor z = NUMBERS.normal("z", 6, 8);
    z.rows(1, 2).copyFrom(z.rows(0, 1));
    K.fill(z.rows(2, 3), 0);
    K.affine(z.rows(3, 4), z.rows(3, 4), 1e3, 0);
    Activities odd = new Activities(rule, z, y, CLASSES);
    assertTrue(Double.isFinite(odd.loss()));
    double[] dz = odd.gradient().toDoubles();
    assertTrue(Arrays.stream(dz).allMatch(Double::isFinite), Arrays.toString(dz));
  }

  /// A constant group has variance 0 where δ is 0; its signal and gradient are 0 by definition.
  @Test
  void aConstantGroupWithoutSmoothingIsSilent() {
    Phsic rule = Activities.rule(Kind.COSINE, 1, Optional.of(new Groups(4, 0.5, 0)));
    Tensor z = NUMBERS.normal("z", 6, 8);
    z.set(0, 0.5);
    z.set(1, 0.5);
    double[] dz = new Activities(rule, z, y, CLASSES).gradient().toDoubles();
    assertTrue(dz[0] == 0 && dz[1] == 0, Arrays.toString(dz));
    assertTrue(Arrays.stream(dz).allMatch(Double::isFinite), Arrays.toString(dz));
  }

  /// Where all samples are close, K - mean K would cancel in F32; K - 1 does not.
  @Test
  void aGaussianKeepsItsDigitsWhereAllSamplesAreClose() {
    Phsic rule = Activities.rule(Kind.GAUSSIAN, 5, Optional.of(new Groups(4, 0.5, 1)));
    Tensor z = NUMBERS.uniform("z", 6, 16);
    Tensor single = Tensor.zeros(DType.F32, z.shape());
    K.convert(single, z, 1);
    K.convert(z, single, 1);
    double exact = new Activities(rule, z, y, CLASSES).loss();
    double rounded = new Activities(rule, single, y, CLASSES).loss();
    // the error of v in F32, 2⁻²³, over the spread of v between samples, about 0.05
    assertEquals(exact, rounded, 1e-5 * Math.abs(exact));
  }

  @Test
  void aWidthThatSeesNoNeighbourIsToldFromOneThatDoes() {
    Tensor z = NUMBERS.normal("z", 6, 8);
    Activities near = new Activities(Activities.rule(Kind.GAUSSIAN, 5, Optional.empty()), z, y, 3);
    Activities far =
        new Activities(Activities.rule(Kind.GAUSSIAN, 0.01, Optional.empty()), z, y, 3);
    near.loss();
    far.loss();
    assertTrue(near.objective().meanSimilarity() > 0.5);
    // distances of some units are hundreds of widths
    assertEquals(0, far.objective().meanSimilarity(), 1e-12);
  }

  @Test
  void theClassifiersGradientsAreThoseOfItsLoss() {
    for (Tensor z : List.of(NUMBERS.normal("z", 6, 5), NUMBERS.normal("z", 6, 5, 4, 3))) {
      LayerWise rule = new LayerWise(12, LayerWise.Feedback.WEIGHTS, Optional.empty());
      LocalClassifier classifier =
          new LocalClassifier(rule, z.shape().sample(), DType.F64, CLASSES, K);
      classifier.draw(new Philox(NUMBERS.seed(), K), "classifier");
      classifier.loss(z, y);
      Tensor dz = Tensor.zeros(DType.F64, z.shape());
      classifier.gradient(dz);
      GradientCheck.verify("z", dz, z, () -> classifier.loss(z, y));
      for (Parameter p : classifier.parameters()) {
        GradientCheck.verify(p.name(), p.gradient(), p.value(), () -> classifier.loss(z, y));
      }
    }
  }
}
