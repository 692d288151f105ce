package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.kernel.Activation;
import dev.lamina.layer.Activate;
import dev.lamina.layer.AlphaDropout;
import dev.lamina.layer.DivisiveNorm;
import dev.lamina.layer.Dropout;
import dev.lamina.layer.Grouping;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Mode;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.LayerAtWork;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How cases of single layers and blocks are computed; the table is by beginning of name.
final class LayerCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("ph_group_div_", LayerCases::groups),
          entry("ph_activation_dropout", LayerCases::activationDropout),
          entry("ph_spatial_dropout", LayerCases::spatialDropout),
          entry("hb_block_", BottleneckBlock::compute));

  private LayerCases() {}

  /// Computes a case and checks its outputs.
  static void compute(GoldenCase c) {
    BY_NAME.entrySet().stream()
        .filter(e -> c.name().startsWith(e.getKey()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing computes " + c.name()))
        .getValue()
        .accept(c);
  }

  /// A layer whose masks are the recorded one.
  private static LayerAtWork on(GoldenCase c, Tensor x, Layer layer) {
    List<Tensor> masks = c.hasIn("mask") ? List.of(c.in("mask")) : List.of();
    return LayerAtWork.on(x, layer, c.kernels(), new RecordedDraws(Map.of("layer", masks)));
  }

  private static void groups(GoldenCase c) {
    Params p = c.params();
    Tensor z = c.map("z");
    Shape shape = z.shape().sample();
    int groups = p.integer("groups");
    double delta = p.number("delta");
    LayerAtWork grouping =
        on(c, z, new Grouping(shape, c.type(), groups, p.number("q"), delta, false));
    c.check("v", grouping.forward(Mode.LEARN));
    c.checkMap("dz_group", grouping.backward(c.in("dv")));
    LayerAtWork division =
        on(c, z, new DivisiveNorm(shape, c.type(), groups, p.number("p"), delta));
    c.checkMap("r", division.forward(Mode.LEARN));
    c.checkMap("dz_div", division.backward(c.map("dr")));
  }

  private static void activationDropout(GoldenCase c) {
    Shape shape = c.in("x").shape().sample();
    double p = c.params().number("p");
    Layer selu = new Activate("selu", shape, Activation.of(Activation.Kind.SELU));
    Activation leaky = new Activation(Activation.Kind.LEAKY_RELU, 0.01);
    Layer alpha = new AlphaDropout(shape, p, Dropout.By.ELEMENT);
    both(c, List.of("selu", "alpha_dropout", "dx_selu"), selu, alpha);
    Layer relu = new Activate("leaky-relu", shape, leaky);
    both(c, List.of("lrelu", "plain_dropout", "dx_lrelu"), relu, new Dropout(shape, p));
  }

  /// @param names of the activation, of what dropout makes of it, and of the gradient
  private static void both(GoldenCase c, List<String> names, Layer activation, Layer dropout) {
    LayerAtWork first = on(c, c.in("x"), activation);
    Tensor y = first.forward(Mode.LEARN);
    c.check(names.get(0), y);
    LayerAtWork second = on(c, y, dropout);
    c.check(names.get(1), second.forward(Mode.LEARN));
    c.check(names.get(2), first.backward(second.backward(c.in("d"))));
  }

  private static void spatialDropout(GoldenCase c) {
    Tensor x = c.map("x");
    Shape shape = x.shape().sample();
    double p = c.params().number("p");
    LayerAtWork alpha = on(c, x, new AlphaDropout(shape, p, Dropout.By.CHANNEL));
    c.checkMap("feature_alpha", alpha.forward(Mode.LEARN));
    c.checkMap("dx_feature_alpha", alpha.backward(c.map("d")));
    LayerAtWork plain = on(c, x, new Dropout(shape, p, Dropout.By.CHANNEL));
    c.checkMap("channel", plain.forward(Mode.LEARN));
    c.checkMap("dx_channel", plain.backward(c.map("d")));
  }
}
