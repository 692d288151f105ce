package dev.lamina.jmh;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Square matrix products: 2 size³ floating point operations, 12 size² bytes; bound by arithmetic
/// from size 64 on. Wall time; [PeakReport] gives CPU time and shares of the peak.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class Gemm {
  @Param({"1", "63", "64", "128", "256", "512", "1024", "2048"})
  private int size;

  @Param({"1", "2"})
  private int threads;

  private VectorKernels kernels;
  private Tensor a;
  private Tensor b;
  private Tensor c;

  @Setup
  public void draw() {
    kernels = new VectorKernels(threads, new ReferenceKernels());
    Random random = new Random(1);
    a = Tensor.zeros(DType.F32, size, size);
    b = Tensor.zeros(DType.F32, size, size);
    c = Tensor.zeros(DType.F32, size, size);
    for (int i = 0; i < a.size(); i++) {
      a.set(i, random.nextGaussian());
      b.set(i, random.nextGaussian());
    }
  }

  @Benchmark
  public void plain() {
    kernels.gemm(c, a, false, b, false, 0);
  }

  @Benchmark
  public void leftTransposed() {
    kernels.gemm(c, a, true, b, false, 0);
  }

  @Benchmark
  public void rightTransposed() {
    kernels.gemm(c, a, false, b, true, 0);
  }
}
