package dev.lamina.network;

import java.util.Collection;
import java.util.List;

/// The "did you mean" of error messages.
public final class Suggestion {
  private Suggestion() {}

  /// `; did you mean 'x'?` with the nearest of `known` within 2 edits (a third of long words), else
  /// the known names, else nothing.
  public static String of(String word, Collection<String> known) {
    String best = "";
    int least = reach(word) + 1;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    if (!best.isEmpty()) {
      return "; did you mean '" + best + "'?";
    }
    List<String> sorted = known.stream().sorted().toList();
    return sorted.isEmpty() ? "" : "; known: " + String.join(", ", sorted);
  }

  /// Whether `word` is `meant` with so few mistakes that it would be suggested.
  static boolean isNear(String word, String meant) {
    return distance(word, meant) <= reach(word);
  }

  private static int reach(String word) {
    return Math.max(2, word.length() / 3);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
