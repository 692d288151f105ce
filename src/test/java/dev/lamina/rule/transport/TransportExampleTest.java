package dev.lamina.rule.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Window;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Mode;
import dev.lamina.layer.Site;
import dev.lamina.network.Plan;
import dev.lamina.optim.Initializer;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.rule.transport.SignFeedback.Magnitude;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// The worked examples of `specs/weight-transport.md`, sections 4.5 and 5.7; tolerances are half a
/// unit of their last digit.
class TransportExampleTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Initializer.Centred XAVIER = new Initializer.Xavier();

  private static Junction junction(Tensor w, int samples, int classes) {
    Conv2d.Form form = new Conv2d.Form(w.axis(0), Window.DENSE, Padding.NONE, true, 2);
    Conv2d projection = new Conv2d(Shape.of(w.axis(1)), form, DType.F64, Layout.same());
    projection.weight().value().copyFrom(w);
    Plan plan = new Plan(1, samples, samples, new Sgd(), 1, new Schedule.Constant());
    return new Junction("b", "dense", projection, classes, plan, new Philox(0, K), K);
  }

  private static Tensor matrix(int rows, double... values) {
    return Tensor.of(values, rows, values.length / rows);
  }

  /// Section 5.7: one sample through `W = [[0.5, -2], [0, 1]]`, and what a rule sends below.
  private static final class Layer {
    private final Junction at = junction(matrix(2, 0.5, -2, 0, 1), 1, 3);
    private final Site site =
        new Site(matrix(1, 1, 3), matrix(1, 0, 0), new Tensor[3], K, new Philox(0, K), "test");

    double[] sent(TransportRule rule, String owned, Tensor value) {
      Feedback feedback = rule.feedback(at);
      if (!owned.isEmpty()) {
        feedback.state().get(owned).copyFrom(value);
        feedback.restored();
      }
      Tensor gx = matrix(1, 0, 0);
      site.run(Mode.LEARN, false, true, 0);
      at.projection().forward(site);
      site.path(feedback, matrix(1, 0.2, -0.1, -0.1));
      site.gradients(matrix(1, 1, -1), gx);
      at.projection().backward(site);
      assertArrayEquals(
          new double[] {1, 3, -1, -3}, at.projection().weight().gradient().toDoubles(), 1e-12);
      double[] gb = ((Conv2d) at.projection()).bias().gradient().toDoubles();
      assertArrayEquals(new double[] {1, -1}, Objects.requireNonNull(gb), 1e-12);
      return gx.toDoubles();
    }

    double[] sent(TransportRule rule) {
      return sent(rule, "", at.w());
    }
  }

  private static void assertSent(double first, double second, double[] got) {
    assertArrayEquals(new double[] {first, second}, got, 5e-6);
  }

  @Test
  void everyModeSendsTheErrorOfTheExample() {
    Layer layer = new Layer();
    TransportOptions none = TransportOptions.NONE;
    assertSent(0.5, -3, layer.sent(new Backprop()));
    Tensor b = matrix(2, 0.1, 0.2, 0.3, 0.4);
    assertSent(-0.2, -0.2, layer.sent(new FeedbackAlignment(XAVIER, none), "feedback", b));
    TransportRule uniform = new SignFeedback(Magnitude.UNIFORM, XAVIER, 1, none);
    assertSent(0.70711, -1.41421, layer.sent(uniform));
    TransportRule fixed = new SignFeedback(Magnitude.FIXED, XAVIER, 1, none);
    assertSent(2, -4, layer.sent(fixed, "magnitude", matrix(2, 2, 1, 5, 3)));
    Tensor e = matrix(3, 1, 0, 0, 1, 2, 2);
    assertSent(0, -0.3, layer.sent(new DirectFeedbackAlignment(XAVIER, none), "feedback", e));
  }

  @Test
  void aMirrorFindsTheDirectionOfTheWeights() {
    Junction at = junction(matrix(1, 1, 2), 4, 1);
    Tensor b = matrix(1, 0, 0);
    Mirror.Occasions never = new Mirror.Occasions(OptionalInt.of(0), 1, 0);
    Mirror how = new Mirror(Mirror.Noise.UNIFORM, 1, 0.1, true, 0, Optional.empty(), 0, never);
    NoiseMirror mirror = new NoiseMirror(at, b, how);
    mirror.noise().copyFrom(matrix(4, 1, 0, -1, 0, 0, 1, 0, -1));
    mirror.reflect();
    assertArrayEquals(new double[] {0.2, 0.4}, b.toDoubles(), 1e-12);
    assertEquals(0, Alignment.angle(at.w(), b).orElseThrow(), 1e-5);
    assertEquals(0.2, Alignment.ratio(at.w(), b).orElseThrow(), 1e-12);
  }

  @Test
  void uniformSignsOfUniformWeightsAreThirtyDegreesAway() {
    Junction at = junction(Tensor.zeros(DType.F64, 300, 400), 1, 1);
    at.w().copyFrom(at.drawn("weight", at.w().shape(), XAVIER));
    TransportOptions none = TransportOptions.NONE;
    Feedback uniform = new SignFeedback(Magnitude.UNIFORM, XAVIER, 1, none).feedback(at);
    Feedback fixed = new SignFeedback(Magnitude.FIXED, XAVIER, 1, none).feedback(at);
    // The cosine of 120 000 numbers strays by about 0.001, the angle by 0.1 degrees.
    Tensor v = Objects.requireNonNull(uniform.measured());
    assertEquals(30, Alignment.angle(at.w(), v).orElseThrow(), 0.5);
    assertEquals(1, Alignment.ratio(at.w(), v).orElseThrow(), 0.01);
    Tensor m = Objects.requireNonNull(fixed.measured());
    assertEquals(41.4, Alignment.angle(at.w(), m).orElseThrow(), 0.5);
  }
}
