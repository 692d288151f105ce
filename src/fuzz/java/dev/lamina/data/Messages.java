package dev.lamina.data;

import dev.lamina.tensor.LaminaException;

/// What every message about a broken file has.
final class Messages {
  private Messages() {}

  static void check(LaminaException error, String file) {
    String text = String.valueOf(error.getMessage());
    if (!text.contains(file) || !text.contains("; ")) {
      throw new AssertionError("no file or no remedy in: " + text, error);
    }
  }
}
