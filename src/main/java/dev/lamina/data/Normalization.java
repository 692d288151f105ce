package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shift and scale of each channel: `y = (v - mean) / deviation`, where a pixel v is in [0, 1].
///
/// Source: specs/weight-transport.md, section 6.2; specs/phsic.md, section 12.
///
/// @param mean one value for each channel, or a single one for all
/// @param deviation as many values, each above 0
public record Normalization(List<Double> mean, List<Double> deviation) {
  private static final Map<String, Normalization> NAMED = named();

  /// Keeps unmodifiable copies.
  ///
  /// @throws IllegalArgumentException if the numbers of values differ or a deviation is not above 0
  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          mean.size() + " means and " + deviation.size() + " deviations do not fit together");
    }
    if (deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new IllegalArgumentException("deviations must be above 0, but are " + deviation);
    }
  }

  private static Map<String, Normalization> named() {
    Map<String, Normalization> named = new LinkedHashMap<>();
    named.put("half", new Normalization(List.of(0.5), List.of(0.5)));
    named.put("mnist", new Normalization(List.of(0.1307), List.of(0.3081)));
    named.put("fashion-mnist", new Normalization(List.of(0.2859), List.of(0.3530)));
    named.put(
        "cifar-10",
        new Normalization(List.of(0.4914, 0.4821, 0.4465), List.of(0.2470, 0.2435, 0.2616)));
    named.put(
        "cifar-10-phsic",
        new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.247, 0.243, 0.261)));
    named.put(
        "cifar-100",
        new Normalization(List.of(0.5071, 0.4867, 0.4408), List.of(0.2675, 0.2565, 0.2761)));
    return named;
  }

  /// The published constants of a data set: `mnist`, `fashion-mnist`, `cifar-10`, `cifar-10-phsic`,
  /// `cifar-100`; or `half`, from [0, 1] to [-1, 1]; nothing for another name.
  public static Optional<Normalization> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /// The names that `named` knows.
  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  /// The mean of a channel.
  public double mean(int channel) {
    return mean.get(mean.size() == 1 ? 0 : channel);
  }

  /// The deviation of a channel.
  public double deviation(int channel) {
    return deviation.get(deviation.size() == 1 ? 0 : channel);
  }

  /// Refuses samples of another number of channels.
  ///
  /// @throws LaminaException with both numbers
  void requireFits(int channels) {
    if (mean.size() != 1 && mean.size() != channels) {
      throw new LaminaException(
          "a normalisation of "
              + mean.size()
              + " channels does not fit samples of "
              + channels
              + "; give one mean and one deviation, or as many as there are channels");
    }
  }
}
