package dev.lamina.tensor;

/// An error that the user can mend: bad data, a bad configuration, a full disk.
///
/// The message has three parts: what is wrong, where, and what to do. The command line prints just
/// the message and ends with exit code 2. Programming errors are `IllegalArgumentException`s
/// instead.
public final class LaminaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// An error with its message.
  public LaminaException(String message) {
    super(message);
  }

  /// An error with its message and what caused it.
  public LaminaException(String message, Throwable cause) {
    super(message, cause);
  }
}
