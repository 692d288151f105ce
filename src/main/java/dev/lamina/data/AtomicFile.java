package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file that is there in full or not at all.
///
/// Bytes go to `NAME.part` in the same folder; `commit` syncs it and renames it over `NAME`.
/// Whoever is killed, or meets a full disk, leaves the old `NAME` as it was. Closing without
/// `commit` removes the part.
public final class AtomicFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private boolean committed;

  private AtomicFile(Path target, Path part, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.channel = channel;
  }

  /// Begins to write `target`, whose folder is made if it is missing.
  ///
  /// @throws LaminaException if the file cannot be made
  public static AtomicFile create(Path target) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING);
      return new AtomicFile(target, part, channel);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /// Writes `target` at once.
  ///
  /// @throws LaminaException if it cannot be written
  public static void write(Path target, byte[] bytes) {
    try (AtomicFile file = create(target)) {
      file.append(ByteBuffer.wrap(bytes));
      file.commit();
    }
  }

  /// Adds what remains in `bytes` at the end.
  ///
  /// @throws LaminaException if it cannot be written, for example to a full disk
  public void append(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /// Makes the file whole: sync, rename, sync of the folder.
  ///
  /// @throws LaminaException if the disk refuses
  public void commit() {
    try {
      channel.force(true);
      channel.close();
      move(part, target);
      committed = true;
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /// Renames `from` to `to` in one step and syncs the folder.
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      syncFolder(folder);
    }
  }

  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; the rename itself has happened.
      return;
    }
  }

  /// Removes the part if there was no `commit`.
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      channel.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /// The error for a file that could not be written.
  static LaminaException cannotWrite(Path file, IOException e) {
    String reason =
        e instanceof FileSystemException f
            ? f.getClass().getSimpleName().replace("Exception", "") + ": " + f.getMessage()
            : String.valueOf(e.getMessage());
    return new LaminaException(
        file + ": cannot be written (" + reason + "); free space there, or name another folder", e);
  }
}
