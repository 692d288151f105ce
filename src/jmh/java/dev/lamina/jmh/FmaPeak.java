package dev.lamina.jmh;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The most that this CPU can do: fused multiply-adds on registers alone, ten independent chains so
/// that the latency of one is hidden by the others. Products are judged as a share of it.
///
/// One operation is [#FLOP] floating point operations in single, [#DOUBLE_FLOP] in double
/// precision; GFLOP/s = score (ops/s) · FLOP / 1e9.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FmaPeak {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 100_000;

  /// Floating point operations of one benchmark operation.
  public static final long FLOP = 2L * ROUNDS * 10 * SPECIES.length();

  /// The same in double precision.
  public static final long DOUBLE_FLOP = 2L * ROUNDS * 10 * DOUBLES.length();

  private final float factor = 0.999f;
  private final float addend = 1e-3f;

  @Benchmark
  public float peak() {
    FloatVector a = FloatVector.broadcast(SPECIES, factor);
    FloatVector b = FloatVector.broadcast(SPECIES, addend);
    FloatVector s0 = b;
    FloatVector s1 = b;
    FloatVector s2 = b;
    FloatVector s3 = b;
    FloatVector s4 = b;
    FloatVector s5 = b;
    FloatVector s6 = b;
    FloatVector s7 = b;
    FloatVector s8 = b;
    FloatVector s9 = b;
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
    }
    FloatVector left = s0.add(s1).add(s2).add(s3).add(s4);
    FloatVector right = s5.add(s6).add(s7).add(s8).add(s9);
    return left.add(right).lane(0);
  }

  @Benchmark
  public double peakInDouble() {
    DoubleVector a = DoubleVector.broadcast(DOUBLES, (double) factor);
    DoubleVector b = DoubleVector.broadcast(DOUBLES, (double) addend);
    DoubleVector s0 = b;
    DoubleVector s1 = b;
    DoubleVector s2 = b;
    DoubleVector s3 = b;
    DoubleVector s4 = b;
    DoubleVector s5 = b;
    DoubleVector s6 = b;
    DoubleVector s7 = b;
    DoubleVector s8 = b;
    DoubleVector s9 = b;
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
    }
    DoubleVector left = s0.add(s1).add(s2).add(s3).add(s4);
    DoubleVector right = s5.add(s6).add(s7).add(s8).add(s9);
    return left.add(right).lane(0);
  }
}
