package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;

/// What is done to every sample before a network sees it, in training and ever after: resized, then
/// normalised.
///
/// @param side height and width to which pictures are resized (`Dataset.resized`)
/// @param normalization of the channels
public record InputTransform(OptionalInt side, Optional<Normalization> normalization) {
  /// Samples stay as they are.
  public static final InputTransform NONE =
      new InputTransform(OptionalInt.empty(), Optional.empty());

  /// The data set as a network sees it; a set to which this was done already is returned as it is.
  ///
  /// @throws LaminaException if something else was done to it, or it cannot be resized
  public Dataset of(Dataset data) {
    if (data.transform().equals(this)) {
      return data;
    }
    if (!data.transform().equals(NONE)) {
      throw new LaminaException(
          "'"
              + data.name()
              + "' was resized or normalised in another way than the network's data; give it as it"
              + " was read");
    }
    boolean fits = data.sample().equals(of(data.sample()));
    Dataset resized = fits ? data : data.resized(side.orElseThrow());
    return normalization.isPresent() ? resized.normalized(normalization.get()) : resized;
  }

  /// The shape that a sample has afterwards.
  public Shape of(Shape sample) {
    return side.isPresent() ? Shape.of(side.getAsInt(), side.getAsInt(), sample.axis(-1)) : sample;
  }

  /// One sample of numbers in c,h,w order as a network of input shape `input` reads it, in c,h,w
  /// order.
  ///
  /// @param x pixels in [0, 1]; where pictures are resized, a square one of another size is rounded
  ///   to bytes and resized
  public float[] of(float[] x, Shape input) {
    boolean fits = x.length == input.size() || side.isEmpty();
    float[] y = fits ? x.clone() : resized(x, input);
    int channels = input.axis(-1);
    int pixels = input.size() / channels;
    for (int i = 0; i < y.length && normalization.isPresent(); i++) {
      int c = Math.min(i / pixels, channels - 1);
      float mean = (float) normalization.get().mean(c);
      y[i] = (y[i] - mean) / (float) normalization.get().deviation(c);
    }
    return y;
  }

  private static float[] resized(float[] x, Shape input) {
    int channels = input.axis(-1);
    int from = (int) Math.round(Math.sqrt((double) x.length / channels));
    if (input.rank() != 3 || from * from * channels != x.length) {
      return x.clone();
    }
    byte[] bytes = new byte[from * from];
    float[] y = new float[input.size()];
    int to = input.axis(0);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) Math.clamp(Math.round(255 * x[c * bytes.length + i]), 0, 255);
      }
      byte[] plane = Resize.bilinear(bytes, new int[] {from, from, 1}, to, to);
      for (int i = 0; i < plane.length; i++) {
        y[c * plane.length + i] = (plane[i] & 0xFF) / 255f;
      }
    }
    return y;
  }
}
