package dev.lamina.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a model says of one sample: its classes, the most probable first.
///
/// @param ranked all classes; the lower index first among equals
public record Prediction(List<Candidate> ranked) {
  /// One class with its probability.
  ///
  /// @param index position among the network's outputs
  /// @param name its name, or its position where classes have none
  /// @param probability in [0, 1]
  public record Candidate(int index, String name, double probability) {}

  /// Keeps an unmodifiable copy.
  public Prediction {
    ranked = List.copyOf(ranked);
  }

  /// Ranks the probabilities of one sample.
  ///
  /// @param probabilities one for each class
  /// @param classes their names; may be empty
  public static Prediction of(float[] probabilities, List<String> classes) {
    List<Candidate> all =
        IntStream.range(0, probabilities.length)
            .mapToObj(i -> new Candidate(i, name(i, classes), probabilities[i]))
            .sorted(Comparator.comparingDouble(Candidate::probability).reversed())
            .toList();
    return new Prediction(all);
  }

  private static String name(int index, List<String> classes) {
    return index < classes.size() ? classes.get(index) : Integer.toString(index);
  }

  /// The most probable class.
  public Candidate top() {
    return ranked.getFirst();
  }

  /// The `n` most probable classes, or all if there are fewer.
  public List<Candidate> best(int n) {
    return ranked.subList(0, Math.min(n, ranked.size()));
  }
}
