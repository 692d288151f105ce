package dev.lamina.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads the regular files of a tar archive one after the other: plain, ustar and GNU headers.
///
/// Long names and extended headers are skipped, since no published data set needs them.
final class Tar {
  private static final int BLOCK = 512;
  private static final String HEADER = "tar header";

  private final BinaryFile in;
  private final byte[] header = new byte[BLOCK];
  private String name = "";
  private long size;
  private long left;
  private long padding;

  Tar(BinaryFile in) {
    this.in = in;
  }

  /// Goes to the next regular file; false at the end of the archive.
  boolean next() {
    while (true) {
      skip(left + padding);
      left = 0;
      padding = 0;
      int got = in.upTo(header, 0, BLOCK);
      if (got == 0 || (got == BLOCK && isZero())) {
        return false;
      }
      if (got < BLOCK) {
        throw in.broken("is truncated", got + " bytes of a tar header", "512");
      }
      checkSum();
      name = text(0, 100);
      size = octal(124, 12, "size");
      left = size;
      padding = (BLOCK - size % BLOCK) % BLOCK;
      char kind = (char) header[156];
      if (kind == '0' || kind == 0) {
        return true;
      }
    }
  }

  /// The path of the current file inside the archive.
  String name() {
    return name;
  }

  /// The bytes that the header claims for the current file.
  long size() {
    return size;
  }

  /// The content of the current file, to be read before `next`.
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] to, int at, int n) throws IOException {
        if (left == 0 || n == 0) {
          return n == 0 ? 0 : -1;
        }
        int got = in.upTo(to, at, (int) Math.min(n, left));
        if (got == 0) {
          throw new EOFException("the archive ends inside " + name);
        }
        left -= got;
        return got;
      }
    };
  }

  private void skip(long bytes) {
    byte[] buffer = new byte[(int) Math.min(bytes, 1 << 16)];
    long rest = bytes;
    while (rest > 0) {
      int n = (int) Math.min(rest, buffer.length);
      in.fill(buffer, 0, n, name);
      rest -= n;
    }
  }

  private boolean isZero() {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private void checkSum() {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inSum = i >= 148 && i < 156;
      sum += inSum ? ' ' : header[i] & 0xFF;
    }
    long stored = octal(148, 8, "checksum");
    if (sum != stored) {
      throw in.broken("is no tar archive, or damaged", "header sum " + sum, "" + stored);
    }
  }

  private String text(int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private long octal(int from, int length, String what) {
    String digits = text(from, length).strip();
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
      throw in.broken("has a wrong " + HEADER, "'" + digits + "' as " + what, "an octal number");
    }
    return Long.parseLong(digits, 8);
  }
}
