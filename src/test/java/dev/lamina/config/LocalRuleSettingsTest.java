package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import org.junit.jupiter.api.Test;

/// Mistakes in the settings of rules with local objectives are named with line and column
/// (`specs/phsic.md`, section 14).
class LocalRuleSettingsTest {
  private static final String NETWORK =
      """
      blocks:
        - name: h1
          layers: [convolution: {outputs: 12, kernel: 3}, selu, max-pool: {kernel: 2}]
          rule:
            RULE
        - {name: h2, layers: [flatten, dense: {outputs: 12}]}
        - {name: out, layers: [dense]}
      """;

  @Test
  void groupsMustFitTheLayer() {
    assertFails(
        "phsic: {groups: 5}",
        "a.yaml:5:7: 5 groups do not divide the 12 channels of [3, 3, 12]"
            + " at 'blocks[0].rule.phsic'");
  }

  @Test
  void aGroupHasAtLeastTwoNeurons() {
    Settings flat =
        YamlSettings.read(
            NETWORK
                .replace("RULE", "backprop: {}")
                .replace(
                    "[flatten, dense: {outputs: 12}]",
                    "[flatten, dense: {outputs: 12}], rule: {phsic: {groups: 12}}"),
            "a.yaml");
    assertMessage(
        flat,
        "a.yaml:6:64: a group needs at least 2 neurons, but 12 groups share 12"
            + " at 'blocks[1].rule.phsic'");
  }

  @Test
  void twoCentredGroupsHaveNoCosine() {
    assertFails(
        "phsic: {groups: 2}",
        "a.yaml:5:7: centred cosine needs at least 3 groups but has 2: of two numbers with mean 0"
            + " every cosine is 1 or -1, and nothing is learned at 'blocks[0].rule.phsic'");
  }

  @Test
  void anUngroupedMapIsNotCentred() {
    assertFails(
        "phsic: {center: true}",
        "a.yaml:5:7: centring needs groups on a map: over what should the mean of [3, 3, 12] be"
            + " taken? at 'blocks[0].rule.phsic'");
  }

  @Test
  void namesAndRangesAreChecked() {
    assertFails(
        "phsic: {kernel: cosinus}",
        "a.yaml:5:15: 'blocks[0].rule.phsic.kernel' must be one of cosine, gaussian, linear but is"
            + " 'cosinus'; did you mean 'cosine'?");
    assertFails(
        "phsic: {sigma: 0}",
        "a.yaml:5:15: 'blocks[0].rule.phsic.sigma' must be greater than 0 but is 0");
    assertFails(
        "phsic: {at: gelu}",
        "a.yaml:5:7: block 'h1' has no layer 'gelu' to read its objective at; it has convolution,"
            + " selu, max-pool at 'blocks[0].rule.phsic'");
  }

  @Test
  void aProjectionCoversTheChannelsAndNoMoreThanTheMap() {
    assertFails(
        "layer-wise: {projection: 11}",
        "a.yaml:5:7: a projection of 11 is less than the 12 channels of [3, 3, 12]"
            + " at 'blocks[0].rule.layer-wise'");
    assertFails(
        "layer-wise: {projection: 192}",
        "a.yaml:5:7: a projection of 192 pools to 4 x 4, more than [3, 3, 12] has; choose a"
            + " smaller one at 'blocks[0].rule.layer-wise'");
  }

  private static void assertFails(String rule, String message) {
    assertMessage(YamlSettings.read(NETWORK.replace("RULE", rule), "a.yaml"), message);
  }

  private static void assertMessage(Settings s, String message) {
    ReferenceKernels kernels = new ReferenceKernels();
    NetworkBuilder builder = new NetworkBuilder(new Philox(0, kernels), kernels);
    LaminaException e =
        assertThrows(LaminaException.class, () -> builder.build(s, Shape.of(8, 8, 1), 10));
    assertEquals(message, e.getMessage());
  }
}
