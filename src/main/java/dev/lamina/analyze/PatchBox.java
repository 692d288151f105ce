package dev.lamina.analyze;

import dev.lamina.network.Network;
import dev.lamina.tensor.Shape;
import java.util.List;

/// The part of an image that one position of a map was computed from.
///
/// ```
/// [a, b) in a layer's output   →   [a s - p, (b-1) s - p + (k-1) d + 1) in its input
/// ```
///
/// Kernel k, stride s, padding p, dilation d of each layer from the top down (pools have d = 1); at
/// the end the box is clipped to the image. Bottom and right are exclusive.
///
/// Source: `specs/softhebb.md`, section 19.3.
///
/// @param top first row
/// @param bottom one past the last row
/// @param left first column
/// @param right one past the last column
public record PatchBox(int top, int bottom, int left, int right) {
  /// The box behind position (`y`, `x`) of a block's output; all of the image behind a flattened
  /// map.
  public static PatchBox of(Network network, int block, int y, int x) {
    Shape image = network.input();
    int layer = network.blocks().get(block).layers().size() - 1;
    return Slide.flattens(network, block, layer)
        ? new PatchBox(0, image.axis(0), 0, image.axis(1))
        : of(Slide.below(network, block, layer), y, x, image);
  }

  /// The box behind position (`y`, `x`) at the top of some layers.
  ///
  /// @param slides the layers, the topmost first
  /// @param image `[h, w, c]`
  public static PatchBox of(List<Slide> slides, int y, int x, Shape image) {
    int top = y;
    int bottom = y + 1;
    int left = x;
    int right = x + 1;
    for (Slide slide : slides) {
      bottom = first(top, slide) + slide.behind(bottom - top);
      right = first(left, slide) + slide.behind(right - left);
      top = first(top, slide);
      left = first(left, slide);
    }
    return new PatchBox(
        Math.max(0, top),
        Math.min(image.axis(0), bottom),
        Math.max(0, left),
        Math.min(image.axis(1), right));
  }

  private static int first(int a, Slide slide) {
    return a * slide.stride() - slide.padding();
  }
}
