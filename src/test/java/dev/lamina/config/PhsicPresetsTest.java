package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Datasets;
import dev.lamina.data.Source;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Outline;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rows of `specs/phsic.md`, section 13: there under the names of 13.4, and as large as section
/// 7 and 8 say.
class PhsicPresetsTest {
  private static final Presets PRESETS = Presets.shipped();

  @Test
  void everyPublishedCellIsARow() {
    List<String> names = new ArrayList<>();
    for (String data : List.of("mnist", "fashion-mnist", "kmnist", "cifar10")) {
      for (String rule : List.of("backprop", "backprop-div", "last", "last-div")) {
        names.add(data + "-mlp-" + rule);
      }
      for (String rule : List.of("cossim", "gauss")) {
        for (String mode : List.of("", "-grp", "-grp-div")) {
          names.add(data + "-mlp-" + rule + mode);
        }
      }
    }
    List<String> ofBoth = List.of("backprop", "backprop-div", "cossim-grp", "cossim-grp-div");
    for (String width : List.of("vgg1x", "vgg2x")) {
      ofBoth.forEach(rule -> names.add(width + "-sgd-" + rule));
      ofBoth.forEach(rule -> names.add(width + "-adamw-" + rule));
      for (String rule :
          List.of("gauss-grp-div", "fa-div", "sign-div", "lc", "lc-div", "lcfa-div")) {
        names.add(width + "-sgd-" + rule);
      }
      for (String rule : List.of("gauss-grp", "gauss-grp-div", "fa", "sign", "lc", "lcfa")) {
        names.add(width + "-adamw-" + rule);
      }
    }
    assertEquals(80, names.size());
    for (String name : names) {
      Preset preset = PRESETS.find("phsic/" + name);
      assertEquals(name, preset.rowName());
      Experiment e = Experiment.of(preset.name(), preset.document());
      assertTrue(e.published().value().isPresent(), name);
      assertTrue(e.band().orElseThrow().holds(e.published().value().getAsDouble()), name);
    }
  }

  /// Parameters as published; batch norm adds a scale and a shift for each channel.
  @Test
  void networksAreAsLargeAsThePublishedOnes() {
    assertEquals(2_910_218, parameters("mnist-mlp-cossim"));
    assertEquals(5_253_130, parameters("cifar10-mlp-gauss-grp-div"));
    assertEquals(8_893_834, parameters("vgg1x-sgd-cossim-grp-div"));
    assertEquals(8_893_834 + 6_400, parameters("vgg1x-adamw-gauss-grp"));
    assertEquals(31_343_370, parameters("vgg2x-sgd-lc-div"));
    assertEquals(31_343_370 + 10_752, parameters("vgg2x-adamw-sign"));
  }

  private static long parameters(String row) {
    Preset preset = PRESETS.find("phsic/" + row);
    Experiment e = Experiment.of(preset.name(), preset.document());
    Source source = Datasets.named(e.data());
    NetworkBuilder builder = new NetworkBuilder(new Nothing(), new ReferenceKernels());
    Network network = e.network(builder, source.sample(), source.classes().size());
    return Outline.of(network).parameters();
  }

  /// Sizes matter here, numbers do not.
  private static final class Nothing implements Draws {
    @Override
    public void uniform(Tensor out, String stream, long step) {}

    @Override
    public void normal(Tensor out, String stream, long step) {}

    @Override
    public void keep(Tensor mask, double p, String stream, long step) {}

    @Override
    public void permutation(Tensor out, String stream, long step) {}
  }
}
