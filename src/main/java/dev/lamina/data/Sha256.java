package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 sums in hexadecimal digits.
public final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The sum of some bytes.
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /// The sum over type, sample shape and count as text, then rows and labels little-endian.
  static String of(Samples samples, int[] rows, int[] labels) {
    MessageDigest digest = digest();
    String header = samples.kind() + " " + samples.sample() + " " + rows.length + "\n";
    digest.update(header.getBytes(StandardCharsets.UTF_8));
    for (int row : rows) {
      samples.digest(row, digest);
    }
    for (int label : labels) {
      for (int shift = 0; shift < 32; shift += 8) {
        digest.update((byte) (label >> shift));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The sum of a file's bytes.
  static String of(Path file) {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new LaminaException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
