package dev.lamina.analyze;

import dev.lamina.layer.Projection;
import dev.lamina.network.Block;
import dev.lamina.network.Network;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// The weights of the first layer as a picture: one tile per neuron.
///
/// Each tile is scaled from its least to its greatest weight; tiles are sorted by the mean over
/// input channels of the standard deviation over positions, ascending (`specs/softhebb.md`, section
/// 19, B.5). Weights on 3 channels are shown in colour, others by their mean over channels in grey.
public final class Filters {
  private static final int MOST = 120;
  private static final int FEWEST_COLUMNS = 10;
  private static final int MOST_COLUMNS = 16;
  private static final int TILE = 50;
  private static final int GAP = 6;
  private static final int MARGIN = 18;
  private static final int WHITE = 0xffffff;

  private final Tensor weight;
  private final int height;
  private final int width;
  private final int channels;

  private Filters(Tensor weight, int height, int width, int channels) {
    this.weight = weight;
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /// The PNG file of a network's first projection; nothing if its weights do not lie on an image.
  public static Optional<byte[]> png(Network network) {
    return draw(network).map(Filters::encode);
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Optional<BufferedImage> draw(Network network) {
    Block first = network.blocks().getFirst();
    if (first.projectionIndex() < 0) {
      return Optional.empty();
    }
    Projection projection = first.projection();
    Tensor w = projection.weight().value();
    Shape patch = w.shape().rank() == 4 ? w.shape() : network.input();
    boolean onImage = patch.rank() >= 3 && patch.axis(-2) > 1 && patch.axis(-3) > 1;
    if (!onImage || projection.fanIn() != patch.axis(-1) * patch.axis(-2) * patch.axis(-3)) {
      return Optional.empty();
    }
    return Optional.of(new Filters(w, patch.axis(-3), patch.axis(-2), patch.axis(-1)).picture());
  }

  private BufferedImage picture() {
    List<Integer> shown = chosen();
    int columns = columns(shown.size());
    int rows = (shown.size() + columns - 1) / columns;
    int zoom = Math.max(1, TILE / Math.max(height, width));
    int tileWidth = zoom * width + GAP;
    int tileHeight = zoom * height + GAP;
    BufferedImage image =
        new BufferedImage(
            columns * tileWidth - GAP + 2 * MARGIN,
            rows * tileHeight - GAP + 2 * MARGIN,
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, WHITE);
      }
    }
    for (int i = 0; i < shown.size(); i++) {
      int left = MARGIN + i % columns * tileWidth;
      int top = MARGIN + i / columns * tileHeight;
      tile(image, shown.get(i), left, top, zoom);
    }
    return image;
  }

  /// The number of columns that leaves the fewest places empty; more than 8 tiles take two rows.
  private static int columns(int tiles) {
    int best = Math.min(MOST_COLUMNS, tiles > 8 ? (tiles + 1) / 2 : tiles);
    for (int columns = best; columns >= FEWEST_COLUMNS; columns--) {
      if (Math.floorMod(-tiles, columns) < Math.floorMod(-tiles, best)) {
        best = columns;
      }
    }
    return best;
  }

  /// All neurons, or evenly spaced ones of a large layer, sorted by how much their weights vary.
  private List<Integer> chosen() {
    int neurons = weight.axis(0);
    double[] spread = IntStream.range(0, neurons).mapToDouble(this::spread).toArray();
    List<Integer> sorted =
        IntStream.range(0, neurons)
            .boxed()
            .sorted(Comparator.comparingDouble(o -> spread[o]))
            .toList();
    int count = Math.min(MOST, neurons);
    return IntStream.range(0, count)
        .mapToObj(i -> sorted.get((int) ((long) i * neurons / count)))
        .toList();
  }

  private double spread(int neuron) {
    int positions = height * width;
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int p = 0; p < positions; p++) {
        mean += at(neuron, p, c) / positions;
      }
      double squares = 0;
      for (int p = 0; p < positions; p++) {
        double d = at(neuron, p, c) - mean;
        squares += d * d;
      }
      sum += Math.sqrt(squares / Math.max(1, positions - 1));
    }
    return sum / channels;
  }

  private double at(int neuron, int position, int channel) {
    return weight.get((neuron * height * width + position) * channels + channel);
  }

  private void tile(BufferedImage image, int neuron, int left, int top, int zoom) {
    double[][] shown = shown(neuron);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double[] plane : shown) {
      for (double v : plane) {
        least = Math.min(least, v);
        most = Math.max(most, v);
      }
    }
    double scale = most > least ? 255 / (most - least) : 0;
    for (int y = 0; y < height * zoom; y++) {
      for (int x = 0; x < width * zoom; x++) {
        int p = y / zoom * width + x / zoom;
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          double v = shown[c % shown.length][p];
          rgb = rgb << 8 | (int) Math.round((v - least) * scale);
        }
        image.setRGB(left + x, top + y, rgb);
      }
    }
  }

  /// The three colours, or one grey plane.
  private double[][] shown(int neuron) {
    int planes = channels == 3 ? 3 : 1;
    double[][] shown = new double[planes][height * width];
    for (int p = 0; p < height * width; p++) {
      for (int c = 0; c < channels; c++) {
        shown[c % planes][p] += at(neuron, p, c) * planes / channels;
      }
    }
    return shown;
  }
}
