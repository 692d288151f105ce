package dev.lamina.jmh;

import com.sun.management.ThreadMXBean;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// The products, in single and in double precision, as shares of the register-only FMA peak of the
/// same run, on one thread, by CPU time: what a shared machine can still measure. The first
/// argument, if any, picks rows by a part of their name.
///
/// ```
/// mvn -Pjmh test-compile exec:exec@jmh -Djmh.main=dev.lamina.jmh.PeakReport
/// ```
///
/// Each row warms up until its rate has settled, then takes samples of at least 20 ms; best and
/// median are printed, with the bytes allocated per call and, where a goal is set, whether the best
/// meets it.
public final class PeakReport {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long SAMPLE_NANOS = 20_000_000;
  private static final int SAMPLES = 25;

  private final VectorKernels kernels = new VectorKernels(1, new ReferenceKernels());
  private final String wanted;
  private double peak;

  private PeakReport(String wanted) {
    this.wanted = wanted;
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    new PeakReport(arguments.length == 0 ? "" : arguments[0]).print();
  }

  private void print() {
    load();
    FmaPeak fma = new FmaPeak();
    peak("peak f32", fma::peak, FmaPeak.FLOP);
    for (int size : new int[] {64, 128, 256, 512, 1024, 2048}) {
      gemm(size, size == 1024 ? 0.80 : 0);
    }
    for (ProductShape shape : ProductShape.ALL) {
      projection(shape);
    }
    peak("peak f64", fma::peakInDouble, FmaPeak.DOUBLE_FLOP);
    for (MatrixWork.Row row : MatrixWork.of(kernels)) {
      show(row.name(), row.flops(), row.goal(), row.work());
    }
    load();
  }

  private void peak(String name, Runnable chains, double flops) {
    Row top = measure(chains, flops);
    peak = top.best;
    System.out.printf("%-28s %7.1f %7.1f GFLOP/s%n", name, top.best, top.median);
  }

  private void gemm(int size, double goal) {
    Tensor a = random(size);
    Tensor b = random(size);
    Tensor c = random(size);
    double flops = 2.0 * size * size * size;
    show("sgemm_" + size, flops, goal, () -> kernels.gemm(c, a, false, b, false, 0));
  }

  private void projection(ProductShape shape) {
    ProductShape.Operands operands = shape.operands(kernels);
    boolean judged = shape.name().equals("cifar_conv2") || shape.name().equals("cifar_conv3");
    show(shape.name() + " project", shape.flops(), judged ? 0.75 : 0, operands::project);
    show(shape.name() + " correlate", shape.flops(), judged ? 0.70 : 0, operands::correlate);
    show(shape.name() + " transport", shape.flops(), 0, operands::transport);
  }

  private void show(String name, double flops, double goal, Runnable product) {
    if (!name.contains(wanted)) {
      return;
    }
    Row row = measure(product, flops);
    String verdict = goal == 0 ? "" : row.best >= goal * peak ? "PASS" : "MISS";
    System.out.printf(
        "%-28s %7.1f %7.1f GFLOP/s  %5.1f %% %5.1f %%  %6d bytes %s%n",
        name,
        row.best,
        row.median,
        100 * row.best / peak,
        100 * row.median / peak,
        row.bytes,
        verdict);
  }

  private static Row measure(Runnable product, double flops) {
    double before = 0;
    double rate = sample(product, flops, 10 * SAMPLE_NANOS);
    for (int i = 0; i < 20 && (i < 3 || Math.abs(rate - before) > 0.03 * rate); i++) {
      before = rate;
      rate = sample(product, flops, 10 * SAMPLE_NANOS);
    }
    long id = Thread.currentThread().threadId();
    long bytes = THREADS.getThreadAllocatedBytes(id);
    product.run();
    bytes = THREADS.getThreadAllocatedBytes(id) - bytes;
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      rates.add(sample(product, flops, SAMPLE_NANOS));
    }
    rates.sort(null);
    return new Row(rates.getLast(), rates.get(SAMPLES / 2), bytes);
  }

  /// The rate in GFLOP/s over at least `nanos` of CPU time.
  private static double sample(Runnable product, double flops, long nanos) {
    long begin = THREADS.getCurrentThreadCpuTime();
    long spent = 0;
    long calls = 0;
    while (spent < nanos) {
      product.run();
      calls++;
      spent = THREADS.getCurrentThreadCpuTime() - begin;
    }
    return flops * calls / spent;
  }

  private static Tensor random(int size) {
    Random random = new Random(size);
    Tensor t = Tensor.zeros(DType.F32, size, size);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextGaussian());
    }
    return t;
  }

  private static void load() {
    System.out.printf(
        "load %.1f on %d processors%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
  }

  private record Row(double best, double median, long bytes) {}
}
