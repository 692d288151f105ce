package dev.lamina.config;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Text in UTF-8 that is read whole, with one message for whatever stands in the way.
final class TextFile {
  private TextFile() {}

  /// The text of a file.
  ///
  /// @throws LaminaException with the file's name and the reason if it cannot be read
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LaminaException(file + ": cannot be read (" + reason(e) + ")", e);
    }
  }

  /// The reason without the file's name, which the message has already.
  static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException f -> "'" + f.getFile() + "' is a file";
      case AccessDeniedException f -> "no permission for '" + f.getFile() + "'";
      case NoSuchFileException f -> "there is no '" + f.getFile() + "'";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
