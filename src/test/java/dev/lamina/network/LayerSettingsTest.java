package dev.lamina.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.config.YamlSettings;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import org.junit.jupiter.api.Test;

/// Layers as files describe them: what comes out, and what is said where they do not fit.
class LayerSettingsTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Shape IMAGE = Shape.of(8, 6, 4);

  private static Network network(String layers) {
    String yaml = "blocks: [layers: [" + layers + "]]";
    return new NetworkBuilder(new Philox(0, K), K)
        .build(YamlSettings.read(yaml, "net.yaml"), IMAGE, 10);
  }

  private static void assertGives(Shape output, String layers) {
    assertEquals(output, network(layers).output(), layers);
  }

  private static void assertSays(String message, String layers) {
    LaminaException error = assertThrows(LaminaException.class, () -> network(layers));
    assertEquals("net.yaml:1:" + message, error.getMessage());
  }

  @Test
  void poolsAndShortcutsChangeTheShape() {
    assertGives(Shape.of(4), "global-avg-pool");
    assertGives(Shape.of(4, 2, 4), "adaptive-avg-pool: {height: 4, width: 2}");
    assertGives(Shape.of(4, 3, 8), "subsample: {planes: 8}");
    assertGives(Shape.of(8, 6, 5), "subsample: {stride: 1, planes: 5}");
    assertGives(Shape.of(2), "grouping: {groups: 2, power: 0.8, centered: true}");
  }

  @Test
  void normsAndDropoutKeepTheShape() {
    assertGives(IMAGE, "divisive-norm: {groups: 2, power: 0.2, delta: 0}");
    assertGives(IMAGE, "alpha-dropout: {p: 0.05, by: channel}");
    assertGives(IMAGE, "dropout: {by: channel}");
  }

  @Test
  void whatDoesNotFitIsSaidWithItsPlace() {
    assertSays(
        "19: 3 groups do not divide the 4 channels of [8, 6, 4] into groups of at least 2 neurons"
            + " at 'blocks[0].layers[0].divisive-norm'",
        "divisive-norm: {groups: 3}");
    assertSays(
        "19: 9x2 regions do not fit a map of shape [8, 6, 4]"
            + " at 'blocks[0].layers[0].adaptive-avg-pool'",
        "adaptive-avg-pool: {height: 9, width: 2}");
    assertSays(
        "28: 1x1 regions do not fit a map of shape [192] at 'blocks[0].layers[1].global-avg-pool'",
        "flatten, global-avg-pool");
    assertSays(
        "19: no channels can be added to [8, 6, 4] to make 3 planes"
            + " at 'blocks[0].layers[0].subsample'",
        "subsample: {planes: 3}");
    assertSays(
        "29: 'blocks[0].layers[0].dropout.by' must be one of element, channel but is 'chanel';"
            + " did you mean 'channel'?",
        "dropout: {by: chanel}");
  }
}
