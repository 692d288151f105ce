package dev.lamina.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private static final int MARGIN = 18;

  @Test
  void sortsByHowMuchWeightsVaryAndScalesEachTile() {
    Network network = network(2, Shape.of(8, 8, 1));
    Tensor w = network.blocks().getFirst().projection().weight().value();
    for (int i = 0; i < w.size(); i++) {
      w.set(i, i < w.size() / 2 ? 10 * i : i);
    }
    BufferedImage image = Filters.draw(network).orElseThrow();
    int tile = (image.getWidth() - 2 * MARGIN - 6) / 2;
    assertEquals(0xff000000, image.getRGB(MARGIN, MARGIN));
    assertEquals(0xffffffff, image.getRGB(MARGIN + tile - 1, MARGIN + tile - 1));
    assertEquals(0xffffffff, image.getRGB(0, 0));
    assertEquals(
        shade(image, MARGIN + tile / 2),
        shade(image, MARGIN + tile + 6 + tile / 2),
        "both tiles go from black to white by equal steps");
  }

  @Test
  void showsThreeChannelsInColour() {
    BufferedImage image = Filters.draw(network(5, Shape.of(8, 8, 3))).orElseThrow();
    int rgb = image.getRGB(MARGIN, MARGIN);
    assertTrue((rgb >> 16 & 255) != (rgb & 255), Integer.toHexString(rgb));
  }

  @Test
  void leavesOutWhatLiesOnNoImage() {
    assertTrue(Filters.draw(network(4, Shape.of(1, 1, 7), 1)).isEmpty());
  }

  private static int shade(BufferedImage image, int x) {
    return image.getRGB(x, MARGIN + 4);
  }

  private static Network network(int outputs, Shape input) {
    return network(outputs, input, 3);
  }

  private static Network network(int outputs, Shape input, int kernel) {
    Settings convolution = Settings.empty().with("outputs", outputs).with("kernel", kernel);
    Settings layer = Settings.empty().with("convolution", convolution);
    Settings block = Settings.empty().with("layers", List.of(layer)).with("rule", "soft-hebb");
    ReferenceKernels kernels = new ReferenceKernels();
    return new NetworkBuilder(new Philox(1, kernels), kernels)
        .build(Settings.empty().with("blocks", List.of(block)), input, 2);
  }
}
