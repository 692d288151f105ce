package dev.lamina.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// A data set in MNIST's files and shapes: rings and bars in noise, ten classes that can be told
/// apart.
public final class SmallDigits {
  private static final int SIDE = 28;

  private SmallDigits() {}

  /// Writes the four files into a folder, which is made; half as many test samples.
  public static Path write(Path folder, int samples) throws IOException {
    Files.createDirectories(folder);
    part(folder, "train", samples);
    part(folder, "t10k", samples / 2);
    return folder;
  }

  private static void part(Path folder, String part, int n) throws IOException {
    Random random = new Random(n);
    ByteBuffer images = ByteBuffer.allocate(16 + n * SIDE * SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + n);
    images.putInt(0x0803).putInt(n).putInt(SIDE).putInt(SIDE);
    labels.putInt(0x0801).putInt(n);
    for (int i = 0; i < n; i++) {
      labels.put((byte) (i % 10));
      for (int p = 0; p < SIDE * SIDE; p++) {
        int distance = Math.abs(p / SIDE - 14) * (i % 2) + Math.abs(p % SIDE - 14);
        int light = distance / 3 == i % 10 / 2 ? 200 : 0;
        images.put((byte) (light + random.nextInt(56)));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
