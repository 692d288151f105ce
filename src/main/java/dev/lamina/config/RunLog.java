package dev.lamina.config;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file to which whole lines are appended.
///
/// A line that does not fit on the disk is taken back, so that the file never ends in half of one.
/// A checkpoint keeps the length; after a resume the file is cut back to it.
final class RunLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private RunLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Opens the file, or makes it, and stands at its end.
  static RunLog open(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.position(channel.size());
      return new RunLog(file, channel);
    } catch (IOException e) {
      throw RunDirectory.cannotWrite(file, e);
    }
  }

  /// Appends a line.
  ///
  /// @throws LaminaException if it cannot be written; the file is then as before
  synchronized void line(String text) {
    ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    long before = length();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      LaminaException error = RunDirectory.cannotWrite(file, e);
      try {
        cut(before);
      } catch (LaminaException second) {
        error.addSuppressed(second);
      }
      throw error;
    }
  }

  /// Makes sure that all lines are on the disk.
  ///
  /// @return the length of the file in bytes
  synchronized long sync() {
    try {
      channel.force(true);
      return channel.size();
    } catch (IOException e) {
      throw RunDirectory.cannotWrite(file, e);
    }
  }

  /// Forgets what lies behind the first `length` bytes.
  synchronized void cut(long length) {
    try {
      channel.truncate(length);
      channel.position(channel.size());
    } catch (IOException e) {
      throw RunDirectory.cannotWrite(file, e);
    }
  }

  private long length() {
    try {
      return channel.position();
    } catch (IOException e) {
      throw RunDirectory.cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw RunDirectory.cannotWrite(file, e);
    }
  }
}
