package dev.lamina.network;

import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Site;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of an error down from one layer to another, prepared once.
final class Descent {
  private final int from;
  private final int layer;
  private final int to;
  private final List<Stop> stops = new ArrayList<>();

  /// One layer on the way; `gx` is null where nobody below reads the gradient.
  private record Stop(int block, Layer layer, Site site, Tensor gy, @Nullable Tensor gx) {}

  Descent(Buffers buffers, Frame frame, int from, int layer, int to) {
    this.from = from;
    this.layer = layer;
    this.to = to;
    int lowestBlock = to == Pass.INPUT ? buffers.extent.from() : to;
    int lowestLayer = to == Pass.INPUT ? 0 : buffers.block(to).chain().firstTrained();
    for (int b = from; b >= lowestBlock; b--) {
      List<Layer> layers = buffers.block(b).layers();
      int top = b == from ? layer : layers.size() - 1;
      int bottom = b == lowestBlock ? lowestLayer : 0;
      for (int l = top; l >= bottom; l--) {
        boolean last = b == lowestBlock && l == bottom;
        Tensor gx = below(frame, buffers, b, l, last && to != Pass.INPUT);
        stops.add(new Stop(b, layers.get(l), frame.sites(b)[l], frame.gradient(b, l), gx));
      }
    }
  }

  private static @Nullable Tensor below(Frame f, Buffers buffers, int b, int l, boolean last) {
    if (last) {
      return null;
    }
    if (l > 0) {
      return f.gradient(b, l - 1);
    }
    return b > buffers.extent.from()
        ? f.gradient(b - 1, buffers.block(b - 1).layers().size() - 1)
        : f.inputGradient();
  }

  boolean matches(int otherFrom, int otherLayer, int otherTo) {
    return from == otherFrom && layer == otherLayer && to == otherTo;
  }

  void run(ErrorPath[] paths) {
    for (int i = 0; i < stops.size(); i++) {
      Stop stop = stops.get(i);
      stop.site.path(paths[stop.block], stops.getFirst().gy);
      stop.site.gradients(stop.gy, stop.gx);
      stop.layer.backward(stop.site);
    }
  }
}
