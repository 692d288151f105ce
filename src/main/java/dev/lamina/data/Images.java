package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Pictures as samples: PNG, JPEG and what else the platform decodes, resized to one shape.
///
/// Resizing is bilinear and does not keep the ratio of the sides. Transparency is dropped. Grey is
/// made of colours by `0.299 r + 0.587 g + 0.114 b`; colours of grey by repeating it.
public final class Images {
  private static final long MOST_PIXELS = 1L << 26;
  private static final int RED = 19_595;
  private static final int GREEN = 38_470;
  private static final int BLUE = 7_471;

  static {
    ImageIO.setUseCache(false);
  }

  private Images() {}

  /// Reads pictures without labels, for example to classify them.
  ///
  /// - `sample` — `[h, w, c]` with c = 1 (grey) or 3 (red, green, blue)
  ///
  /// @throws LaminaException if a file is missing or no picture that can be decoded
  public static Dataset read(List<Path> files, Shape sample) {
    LabelledPixels all = new LabelledPixels(checked(sample));
    for (Path file : files) {
      all.add(read(file, sample), 0, -1);
    }
    return all.toDataset("pictures", List.of());
  }

  /// The shape, if pictures can have it.
  static Shape checked(Shape sample) {
    boolean fine = sample.rank() == 3 && (sample.axis(2) == 1 || sample.axis(2) == 3);
    if (!fine || sample.size() == 0) {
      throw new IllegalArgumentException("pictures become [h, w, 1] or [h, w, 3], not " + sample);
    }
    return sample;
  }

  /// One picture as a row of pixels of shape `sample`.
  static byte[] read(Path file, Shape sample) {
    BufferedImage image = decode(file);
    int channels = sample.axis(2);
    int[] hwc = {image.getHeight(), image.getWidth(), channels};
    byte[] pixels = isGrey(image) ? fromGrey(image, channels) : fromColours(image, channels);
    return Resize.bilinear(pixels, hwc, sample.axis(0), sample.axis(1));
  }

  private static BufferedImage decode(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new LaminaException(file + ": there is no such file; check its name");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
      if (readers == null || !readers.hasNext()) {
        throw undecodable(
            file,
            "it is none of "
                + Arrays.toString(ImageIO.getReaderFileSuffixes())
                + " by its content");
      }
      return decode(file, readers.next(), in);
    } catch (IOException | RuntimeException e) {
      throw e instanceof LaminaException known
          ? known
          : undecodable(file, String.valueOf(e.getMessage()));
    }
  }

  private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    try {
      reader.setInput(in, true, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw undecodable(
            file, "it claims " + pixels + " pixels, at most " + MOST_PIXELS + " are read");
      }
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  private static LaminaException undecodable(Path file, String reason) {
    return new LaminaException(
        file
            + ": this picture cannot be decoded ("
            + reason
            + "); remove it, or store it as PNG or baseline JPEG");
  }

  /// Single-channel rasters are read as they are: the platform would change their brightness.
  private static boolean isGrey(BufferedImage image) {
    return image.getRaster().getNumBands() <= 2
        && !(image.getColorModel() instanceof IndexColorModel);
  }

  private static byte[] fromGrey(BufferedImage image, int channels) {
    Raster raster = image.getRaster();
    int shift = raster.getTransferType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    int w = image.getWidth();
    byte[] pixels = new byte[Math.multiplyExact(image.getHeight() * w, channels)];
    int[] line = new int[w];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, w, 1, 0, line);
      for (int x = 0; x < w; x++) {
        int at = (y * w + x) * channels;
        Arrays.fill(pixels, at, at + channels, (byte) (line[x] >> shift));
      }
    }
    return pixels;
  }

  private static byte[] fromColours(BufferedImage image, int channels) {
    int w = image.getWidth();
    byte[] pixels = new byte[Math.multiplyExact(image.getHeight() * w, channels)];
    int[] line = new int[w];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, w, 1, line, 0, w);
      for (int x = 0; x < w; x++) {
        put(pixels, (y * w + x) * channels, channels, line[x]);
      }
    }
    return pixels;
  }

  private static void put(byte[] pixels, int at, int channels, int rgb) {
    int r = rgb >> 16 & 0xFF;
    int g = rgb >> 8 & 0xFF;
    int b = rgb & 0xFF;
    if (channels == 1) {
      pixels[at] = (byte) ((r * RED + g * GREEN + b * BLUE + (1 << 15)) >> 16);
    } else {
      pixels[at] = (byte) r;
      pixels[at + 1] = (byte) g;
      pixels[at + 2] = (byte) b;
    }
  }
}
