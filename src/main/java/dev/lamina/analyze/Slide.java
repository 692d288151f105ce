package dev.lamina.analyze;

import dev.lamina.kernel.Pool;
import dev.lamina.layer.AvgPool;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Flatten;
import dev.lamina.layer.Layer;
import dev.lamina.layer.MaxPool;
import dev.lamina.network.Network;
import java.util.ArrayList;
import java.util.List;

/// How a layer slides over its map: what decides which part of the image an output sees.
///
/// @param kernel height and width of the window
/// @param stride step between windows
/// @param padding cells added on each side
/// @param dilation distance between the window's taps
public record Slide(int kernel, int stride, int padding, int dilation) {
  /// The length of input behind `length` neighbouring outputs.
  int behind(int length) {
    return (length - 1) * stride + (kernel - 1) * dilation + 1;
  }

  /// The slides from layer `layer` of block `block` down to the image, the topmost first.
  static List<Slide> below(Network network, int block, int layer) {
    List<Slide> slides = new ArrayList<>();
    for (int b = block; b >= 0; b--) {
      List<Layer> layers = network.blocks().get(b).layers();
      for (int l = b == block ? layer : layers.size() - 1; l >= 0; l--) {
        switch (layers.get(l)) {
          case Conv2d c when c.output().rank() == 3 -> slides.add(of(c));
          case MaxPool p -> slides.add(of(p.pool()));
          case AvgPool p -> slides.add(of(p.pool()));
          default -> {}
        }
      }
    }
    return slides;
  }

  private static Slide of(Conv2d c) {
    return new Slide(
        c.window().kh(), c.window().stride(), c.padding().size(), c.window().dilation());
  }

  private static Slide of(Pool p) {
    return new Slide(p.kernel(), p.stride(), p.padding(), 1);
  }

  /// Whether a map is flattened on the way: then every output sees the whole image.
  static boolean flattens(Network network, int block, int layer) {
    for (int b = 0; b <= block; b++) {
      List<Layer> layers = network.blocks().get(b).layers();
      for (int l = 0; l <= (b == block ? layer : layers.size() - 1); l++) {
        if (layers.get(l) instanceof Flatten) {
          return true;
        }
      }
    }
    return false;
  }
}
