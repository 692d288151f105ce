package dev.lamina.jmh;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
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

/// The three products of a projection on the layers of real networks, wall time; see
/// [ProductShape#flops] for the work of an operation and [PeakReport] for CPU time and shares of
/// the peak.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class Projection {
  @Param({
    "mnist_dense",
    "mnist_head",
    "mnist_conv1",
    "cifar_conv1",
    "cifar_conv2",
    "cifar_conv3",
    "cifar_head",
    "predict_dense",
    "odd"
  })
  private String layer;

  @Param({"1", "2"})
  private int threads;

  private ProductShape.Operands operands;

  @Setup
  public void draw() {
    VectorKernels kernels = new VectorKernels(threads, new ReferenceKernels());
    operands = ProductShape.of(layer).operands(kernels);
  }

  @Benchmark
  public void project() {
    operands.project();
  }

  @Benchmark
  public void correlate() {
    operands.correlate();
  }

  @Benchmark
  public void transport() {
    operands.transport();
  }
}
