package dev.lamina.jmh;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Our polynomials beside the operators of the Vector API (SVML on x86-64), ns per element.
///
/// 8192 elements in L1 and L2, 15 to 40 flops each. SVML is only a peer for speed: its bits differ
/// between platforms, and before and after compilation.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class Functions {
  private static final int SIZE = 8192;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private final VectorKernels kernels = new VectorKernels(1, new ReferenceKernels());
  private final Tensor x = Tensor.zeros(DType.F32, SIZE);
  private final Tensor y = Tensor.zeros(DType.F32, SIZE);

  @Setup
  public void draw() {
    Random random = new Random(1);
    for (int i = 0; i < SIZE; i++) {
      x.set(i, 10 * random.nextDouble());
    }
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void exp() {
    kernels.map(y, x, Function.EXP);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void expBySvml() {
    for (int i = 0; i < SIZE; i += FLOATS.length()) {
      FloatVector v = FloatVector.fromArray(FLOATS, x.floats(), i);
      v.lanewise(VectorOperators.EXP).intoArray(y.floats(), i);
    }
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void log() {
    kernels.map(y, x, Function.LOG);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void logBySvml() {
    for (int i = 0; i < SIZE; i += FLOATS.length()) {
      FloatVector v = FloatVector.fromArray(FLOATS, x.floats(), i);
      v.lanewise(VectorOperators.LOG).intoArray(y.floats(), i);
    }
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void tanh() {
    kernels.map(y, x, Function.TANH);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void tanhBySvml() {
    for (int i = 0; i < SIZE; i += FLOATS.length()) {
      FloatVector v = FloatVector.fromArray(FLOATS, x.floats(), i);
      v.lanewise(VectorOperators.TANH).intoArray(y.floats(), i);
    }
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void power() {
    kernels.signedPower(y, x, 0.7);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public void powerBySvml() {
    for (int i = 0; i < SIZE; i += FLOATS.length()) {
      FloatVector v = FloatVector.fromArray(FLOATS, x.floats(), i);
      v.lanewise(VectorOperators.POW, 0.7f).intoArray(y.floats(), i);
    }
  }
}
