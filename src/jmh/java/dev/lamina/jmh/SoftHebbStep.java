package dev.lamina.jmh;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Activation.Kind;
import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Pool;
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

/// What a SoftHebb step does beside its products, on the maps of the CIFAR-10 networks, batch 10.
///
/// All but `compete` and the triangle are bound by memory: 8 bytes per element (`adam` 28). The
/// exponentials of `compete` are 20 flops, the powers of the triangle 65. One thread; run with
/// `-prof gc`: the vector tier allocates nothing.
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SoftHebbStep {
  @Param({"vector", "reference"})
  private String tier;

  /// Side of the map, then channels.
  @Param({"32x96", "16x384", "8x1536", "7x33"})
  private String layer;

  private Kernels kernels;
  private Tensor u;
  private Tensor y;
  private Tensor padded;
  private Tensor pooled;
  private Tensor positions;
  private Tensor c;
  private Tensor variance;
  private Tensor wins;
  private Tensor mask;

  @Setup
  public void draw() {
    Kernels reference = new ReferenceKernels();
    kernels = tier.equals("vector") ? new VectorKernels(1, reference) : reference;
    int side = Integer.parseInt(layer.split("x")[0]);
    int channels = Integer.parseInt(layer.split("x")[1]);
    int out = new Pool(2, 2, 0).out(side);
    u = Tensor.zeros(DType.F32, 10, side, side, channels);
    y = Tensor.zeros(DType.F32, 10, side, side, channels);
    padded = Tensor.zeros(DType.F32, 10, side + 2, side + 2, channels);
    pooled = Tensor.zeros(DType.F32, 10, out, out, channels);
    positions = Tensor.zeros(DType.I32, 10, out, out, channels);
    c = Tensor.zeros(DType.F32, channels);
    variance = Tensor.zeros(DType.F32, channels);
    wins = Tensor.zeros(DType.F32, 4, channels);
    mask = Tensor.zeros(DType.U8, 10, side, side, channels);
    Random random = new Random(1);
    for (int i = 0; i < u.size(); i++) {
      u.set(i, random.nextGaussian());
    }
    kernels.fill(variance, 1);
  }

  @Benchmark
  public void compete() {
    kernels.compete(y, c, wins, u, Competition.of(Competition.Form.SOFT_ANTI, 1), 1);
  }

  @Benchmark
  public void softmax() {
    kernels.softmax(y, u, 1);
  }

  @Benchmark
  public void moments() {
    kernels.moments(c, variance, u);
  }

  @Benchmark
  public void normalize() {
    kernels.normalize(y, u, c, variance, 1e-5);
  }

  @Benchmark
  public void pad() {
    kernels.pad(padded, u, new Padding(Padding.Mode.REFLECT, 1));
  }

  @Benchmark
  public void triangle() {
    kernels.activate(y, u, new Activation(Kind.TRIANGLE, 0.7));
  }

  @Benchmark
  public void maxPool() {
    kernels.maxPool(pooled, positions, u, new Pool(2, 2, 0));
  }

  @Benchmark
  public void randomMask() {
    kernels.randomMask(mask, 0.5, 1, 2);
  }

  @Benchmark
  public void adam() {
    kernels.adam(y, u, y, u, u, 1e-3, 0.9, 0.999, 1e-8, 0, false, 1);
  }
}
