package dev.lamina.data;

import java.nio.file.Path;

/// What a check of one file against its published sum said.
///
/// @param file the file
/// @param state how it is
/// @param text one line for the user
public record Verdict(Path file, State state, String text) {
  /// How a file is.
  public enum State {
    /// Size and SHA-256 are the published ones.
    INTACT,
    /// Size or SHA-256 is another.
    DAMAGED,
    /// No sum is published for this form of the file, for example unpacked.
    UNKNOWN
  }

  /// Checks `file` by its name against what `source` states.
  static Verdict of(Path file, Source source) {
    String name = String.valueOf(file.getFileName());
    for (DataFile known : source.all()) {
      if (known.name().equals(name)) {
        return compared(file, known, source);
      }
    }
    return new Verdict(file, State.UNKNOWN, "no sum is published for this form of the file");
  }

  private static Verdict compared(Path file, DataFile known, Source source) {
    String sum = Sha256.of(file);
    return sum.equals(known.sha256())
        ? new Verdict(file, State.INTACT, "sha256 " + sum)
        : new Verdict(
            file,
            State.DAMAGED,
            "found sha256 " + sum + ", expected " + known.sha256() + "; " + source.remedy());
  }
}
