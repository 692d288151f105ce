package dev.lamina.data;

import dev.lamina.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes the elements of tensors to a file, a bufferful at a time.
final class TensorBytes {
  private static final int BUFFER = 1 << 18;

  private final AtomicFile file;
  private final ByteBuffer buffer;

  TensorBytes(AtomicFile file, ByteOrder order) {
    this.file = file;
    this.buffer = ByteBuffer.allocateDirect(BUFFER).order(order);
  }

  /// Adds the elements `from` ... `from + n - 1` of `x`.
  void append(Tensor x, int from, int n) {
    int most = BUFFER / x.type().bytes();
    for (int done = 0; done < n; ) {
      int count = Math.min(most, n - done);
      put(x, x.offset() + from + done, count);
      file.append(buffer.position(0).limit(count * x.type().bytes()));
      done += count;
    }
  }

  private void put(Tensor x, int at, int n) {
    buffer.clear();
    switch (x.type()) {
      case F32 -> buffer.asFloatBuffer().put(x.floats(), at, n);
      case F64 -> buffer.asDoubleBuffer().put(x.doubles(), at, n);
      case I32 -> buffer.asIntBuffer().put(x.ints(), at, n);
      case U8 -> buffer.put(x.bytes(), at, n);
    }
  }
}
