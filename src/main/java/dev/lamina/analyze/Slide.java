package dev.lamina.analyze;

import dev.lamina.kernel.Pool;
import dev.lamina.layer.AvgPool;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Flatten;
import dev.lamina.layer.Layer;
import dev.lamina.layer.MaxPool;
import dev.lamina.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
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

  /// The slides from layer `layer` of block `block` down to the image, the topmost first; of a
  /// composite layer those of the chain that sees most.
  static List<Slide> below(Network network, int block, int layer) {
    List<Slide> slides = new ArrayList<>();
    for (int b = block; b >= 0; b--) {
      List<Layer> layers = network.blocks().get(b).layers();
      int top = b == block ? layer : layers.size() - 1;
      slides.addAll(of(layers.subList(0, top + 1)));
    }
    return slides;
  }

  private static List<Slide> of(List<Layer> layers) {
    List<Slide> slides = new ArrayList<>();
    for (Layer layer : layers.reversed()) {
      switch (layer) {
        case Conv2d c when c.output().rank() == 3 -> slides.add(of(c));
        case MaxPool p -> slides.add(of(p.pool()));
        case AvgPool p -> slides.add(of(p.pool()));
        default ->
            layer.chains().stream()
                .map(chain -> of(chain.layers()))
                .max(Comparator.comparingInt(Slide::behindOne))
                .ifPresent(slides::addAll);
      }
    }
    return slides;
  }

  private static int behindOne(List<Slide> slides) {
    int length = 1;
    for (Slide slide : slides) {
      length = slide.behind(length);
    }
    return length;
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
      int end = b == block ? layer + 1 : layers.size();
      if (layers.subList(0, end).stream().anyMatch(Slide::flattens)) {
        return true;
      }
    }
    return false;
  }

  private static boolean flattens(Layer layer) {
    return layer instanceof Flatten
        || layer.chains().stream().flatMap(c -> c.layers().stream()).anyMatch(Slide::flattens);
  }
}
