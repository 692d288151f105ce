package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A data file while it is read, plain or gzip by its name, that turns every defect into one
/// message.
///
/// Messages name the file, what is wrong, what was found and expected, and the remedy.
final class BinaryFile implements AutoCloseable {
  /// Deflate cannot shrink by more: 258 bytes cost at least two bits.
  private static final long MOST_PER_BYTE = 1032;

  private static final int BLOCK = 1 << 16;

  private final InputStream in;
  private final String name;
  private final String remedy;
  private final long most;
  private long position;

  private BinaryFile(InputStream in, String name, String remedy, long most) {
    this.in = in;
    this.name = name;
    this.remedy = remedy;
    this.most = most;
  }

  /// Opens a file.
  ///
  /// - `remedy` — what the user can do if it is broken, an imperative clause
  static BinaryFile open(Path file, String remedy) {
    boolean packed = file.toString().endsWith(".gz");
    try {
      long bytes = Files.size(file);
      if (bytes == 0) {
        throw new LaminaException(file + " is empty; " + remedy);
      }
      InputStream raw = Files.newInputStream(file);
      InputStream in = packed ? unpack(raw, file, remedy) : raw;
      return new BinaryFile(in, file.toString(), remedy, packed ? bytes * MOST_PER_BYTE : bytes);
    } catch (NoSuchFileException e) {
      throw new LaminaException(file + " is not there; " + remedy, e);
    } catch (IOException e) {
      throw new LaminaException(file + ": cannot be read (" + e.getMessage() + "); " + remedy, e);
    }
  }

  /// Reads from a stream that is known to hold at most `most` bytes.
  static BinaryFile of(InputStream in, String name, String remedy, long most) {
    return new BinaryFile(in, name, remedy, most);
  }

  private static InputStream unpack(InputStream raw, Path file, String remedy) throws IOException {
    try {
      return new Gunzip(raw);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new LaminaException(
          file
              + " is not gzip, although its name ends in .gz: found other first bytes, expected"
              + " 1f 8b; "
              + remedy,
          e);
    }
  }

  /// The file's name, for messages.
  String name() {
    return name;
  }

  /// Says no before anything is allocated if `bytes` more cannot be there.
  void require(long bytes, String what) {
    if (bytes < 0 || bytes > most - position) {
      throw truncated(most, position + bytes, what);
    }
  }

  /// Fills `to[at]` ... with `n` bytes.
  void fill(byte[] to, int at, int n, String what) {
    int got = upTo(to, at, n);
    if (got < n) {
      throw truncated(position, position + n - got, what);
    }
  }

  /// The next `n` bytes; the array grows as they come, whatever `n` claims.
  byte[] bytes(int n, String what) {
    require(n, what);
    byte[] all = new byte[Math.min(n, BLOCK)];
    int got = 0;
    while (true) {
      fill(all, got, all.length - got, what);
      got = all.length;
      if (got == n) {
        return all;
      }
      all = Arrays.copyOf(all, (int) Math.min(n, 2L * got));
    }
  }

  /// Reads up to `n` bytes; fewer only at the end.
  int upTo(byte[] to, int at, int n) {
    try {
      int got = in.readNBytes(to, at, n);
      position += got;
      return got;
    } catch (EOFException e) {
      throw new LaminaException(
          name + " is truncated: it ends inside its compressed data; " + remedy, e);
    } catch (ZipException e) {
      throw new LaminaException(
          name
              + " is damaged: its compressed data do not unpack ("
              + e.getMessage()
              + "); "
              + remedy,
          e);
    } catch (IOException e) {
      throw new LaminaException(name + ": cannot be read (" + e.getMessage() + "); " + remedy, e);
    }
  }

  /// The next four bytes, most significant first.
  int int32(String what) {
    byte[] four = new byte[4];
    fill(four, 0, 4, what);
    return ByteBuffer.wrap(four).getInt();
  }

  /// Reads to the end, so that a checksum there is looked at.
  void drain() {
    byte[] rest = new byte[BLOCK];
    while (upTo(rest, 0, BLOCK) > 0) {
      // only the checksum counts
    }
  }

  /// Says no if anything follows.
  void end(String what) {
    if (upTo(new byte[1], 0, 1) > 0) {
      throw broken(
          "is too long",
          "more than " + (position - 1) + " bytes",
          position - 1 + " (" + what + ")");
    }
    if (in instanceof Gunzip packed && packed.isFollowed()) {
      throw broken("is too long", "bytes behind the compressed data", "none (" + what + ")");
    }
  }

  /// The error for anything that is wrong: `FILE WRONG: found FOUND, expected EXPECTED; REMEDY`.
  LaminaException broken(String wrong, String found, String expected) {
    return new LaminaException(
        name + " " + wrong + ": found " + found + ", expected " + expected + "; " + remedy);
  }

  private LaminaException truncated(long found, long expected, String what) {
    return broken("is truncated", found + " bytes", "at least " + expected + " (" + what + ")");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new LaminaException(name + ": cannot be closed (" + e.getMessage() + ")", e);
    }
  }

  /// The unpacker of the platform silently drops what follows; this one can tell.
  private static final class Gunzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    Gunzip(InputStream raw) throws IOException {
      super(raw, BLOCK);
    }

    /// Whether bytes follow, once the end was reached.
    boolean isFollowed() {
      return inf.getRemaining() > TRAILER;
    }
  }
}
