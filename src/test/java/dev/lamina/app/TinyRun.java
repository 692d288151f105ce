package dev.lamina.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A data set in MNIST's files that a network learns in a second, and a run on it.
///
/// Sample `i` has class `i % 10`: two bright rows at a height of its own.
///
/// @param data the folder for `--data`
/// @param config a small experiment
/// @param run the run directory
record TinyRun(Path data, Path config, Path run) {
  static final int TRAIN = 40;
  static final int TEST = 20;

  static final String CONFIG =
      """
      data: {name: mnist}
      seed: 1
      network:
        blocks:
          - name: b1
            layers:
              - convolution: {outputs: 3, kernel: 5, stride: 2}
              - triangle
              - max-pool: {kernel: 2, stride: 2}
            rule: soft-hebb
          - name: head
            layers: [flatten, dense]
      unsupervised: {epochs: 1, batch: 10}
      supervised: {epochs: 2, batch: 10, rate: 0.01}
      """;

  /// Writes data and configuration into `folder`; nothing is trained yet.
  static TinyRun prepare(Path folder) throws IOException {
    Path mnist = Files.createDirectories(folder.resolve("data/mnist"));
    write(mnist, "train", TRAIN);
    write(mnist, "t10k", TEST);
    Path config = Files.writeString(folder.resolve("tiny.yaml"), CONFIG);
    return new TinyRun(folder.resolve("data"), config, folder.resolve("run"));
  }

  /// Prepares and trains.
  static TinyRun train(Path folder) throws IOException {
    TinyRun tiny = prepare(folder);
    Invocation.succeeds(tiny.training("--out", tiny.run));
    return tiny;
  }

  /// The arguments of a training with these options.
  Object[] training(Object... options) {
    return join(new Object[] {"train", config}, join(options, machine()));
  }

  /// The options for data and kernels.
  Object[] machine() {
    return new Object[] {"--data", data, "--kernels", "reference"};
  }

  static Object[] join(Object[] first, Object[] second) {
    Object[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static void write(Path folder, String name, int n) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + n * 784);
    images.putInt(0x0803).putInt(n).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + n).putInt(0x0801).putInt(n);
    for (int i = 0; i < n; i++) {
      images.put(image(i % 10));
      labels.put((byte) (i % 10));
    }
    Files.write(folder.resolve(name + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  /// The picture of a class, `[28, 28]`.
  static byte[] image(int label) {
    byte[] pixels = new byte[784];
    Arrays.fill(pixels, (2 * label + 4) * 28, (2 * label + 6) * 28, (byte) 250);
    return pixels;
  }
}
