package dev.lamina.rule.objective;

import static dev.lamina.rule.objective.Activities.K;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.rule.objective.Phsic.Kernel.Kind;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The worked example of `specs/phsic.md`, section 20.
class PhsicExampleTest {
  /// Half a unit of the last printed digit.
  private static final double PRINTED = 5e-9;

  private static final int CLASSES = 3;
  private final Tensor x = Tensor.of(new double[] {1, 0, 0, 1, 1, 1}, 3, 2);
  private final Tensor w = Tensor.of(new double[] {1, 0, -1, 1, 0, 2, 2, -1}, 4, 2);
  private final Tensor y = Tensor.of(new int[] {0, 0, 1});
  private final Tensor z = Tensor.of(new double[] {1, -.01, 0, 2, 0, 1, 2, -.01, 1, 0, 2, 1}, 3, 4);

  @Test
  void theObjectiveIsThePrintedOne() {
    Phsic.Groups groups = new Phsic.Groups(2, 0.8, 1);
    Phsic rule = Activities.rule(Kind.GAUSSIAN, 1, Optional.of(groups));
    Activities example = new Activities(rule, z, y, CLASSES);
    check(new double[] {-.06007530173}, Tensor.of(new double[] {example.loss()}));
    check(new double[] {.00171947021}, example.objective().terms().zz());
    check(new double[] {.03089738597}, example.objective().terms().zy());
    check(
        new double[] {
          -.13990583, -.13991337, .17523611,
          -.13991337, -.13990583, .174536,
          .17523611, .174536, -.13990583
        },
        example.objective().kernelGradient());
    check(
        new double[] {
          .04088437, -.04088437, .07057322, -.07057322,
          -.03964564, .03964564, -.06927984, .06927984,
          -.08017931, .08017931, .08017931, -.08017931
        },
        example.gradient());
  }

  @Test
  void withoutGroupsTheCosineIsThePrintedOne() {
    Phsic rule = Activities.rule(Kind.COSINE, 1, Optional.empty());
    Activities example = new Activities(rule, z, y, CLASSES);
    check(new double[] {.16896569}, Tensor.of(new double[] {example.loss()}));
    check(new double[] {.13897284}, example.objective().terms().zz());
    check(new double[] {-.01499643}, example.objective().terms().zy());
    Tensor k = example.objective().kernel();
    double[] pairs = {k.get(1), k.get(2), k.get(5)};
    assertArrayEquals(new double[] {-.00599988, .54771708, .72846372}, pairs, PRINTED);
  }

  @Test
  void theThreeFactorsMakeThePrintedChange() {
    Network network = network();
    network.blocks().getFirst().projection().weight().value().copyFrom(w);
    Pass pass = new Pass(network, K, new Philox(0, K), new Pass.Extent(0, 0, 3), "example");
    pass.begin(3);
    pass.input().copyFrom(x);
    pass.labels().copyFrom(y);
    pass.forward(0, Mode.LEARN, true);
    assertArrayEquals(z.toDoubles(), pass.tap(0, Tap.Y).toDoubles(), 1e-15);
    ThreeFactor.Factors factors = new ThreeFactor(network, 0, 3, K).of(pass);
    check(
        new double[] {-.07653467, .07653467, -.0748579, .0748579, .15139257, -.15139257},
        factors.third());
    check(
        new double[] {
          .03929494, .08057577, -.00039295, -.04044743,
          -.08088504, -.01089947, .15075253, .07948651
        },
        factors.change());
  }

  private static Network network() {
    Settings rule =
        Settings.empty()
            .with("kernel", "gaussian")
            .with("sigma", 1)
            .with("groups", 2)
            .with("grouping-power", 0.8);
    Settings dense = Settings.empty().with("outputs", 4).with("bias", false);
    Settings hidden =
        Settings.empty()
            .with("name", "hidden")
            .with("layers", List.of(new Described("dense", dense), Described.of("leaky-relu")))
            .with("rule", new Described("phsic", rule));
    Settings out =
        Settings.empty().with("name", "out").with("layers", List.of(Described.of("dense")));
    Settings description =
        Settings.empty()
            .with("type", Settings.spelled(DType.F64))
            .with("blocks", List.of(hidden, out));
    return new NetworkBuilder(new Philox(0, K), K).build(description, Shape.of(2), CLASSES);
  }

  private static void check(double[] want, Tensor got) {
    assertArrayEquals(want, got.toDoubles(), PRINTED);
  }
}
