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

/// The m × m work of measures in double, and EJML beside it; see [MatrixWork]. Wall time;
/// [PeakReport] gives CPU time and shares of the peak.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class Matrices {
  @Param({
    "dgemm",
    "gram f32",
    "A M A second product",
    "cholesky and inverse",
    "ejml cholesky and inverse",
    "nhsic of a layer",
    "phsic of 1024 features"
  })
  private String work;

  @Param({"256", "512"})
  private int samples;

  @Param({"1", "2"})
  private int threads;

  private Runnable call;

  @Setup
  public void choose() {
    VectorKernels kernels = new VectorKernels(threads, new ReferenceKernels());
    String name = work + "_" + samples;
    call =
        MatrixWork.of(kernels).stream()
            .filter(row -> row.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no work is called " + name))
            .work();
  }

  @Benchmark
  public void run() {
    call.run();
  }
}
