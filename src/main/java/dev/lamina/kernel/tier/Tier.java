package dev.lamina.kernel.tier;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.LaminaException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Chooses the kernels that a program computes with.
///
/// Without a wish `vector` is taken, and `reference` with one line to the announcer where the
/// Vector API is not readable. A tier that was asked for and is not there is an error that names
/// the reason.
public final class Tier {
  /// The system property that names a tier: `-Dlamina.kernels=reference`.
  public static final String PROPERTY = "lamina.kernels";

  private static final List<String> NAMES = List.of("reference", "vector", "onednn", "cuda");
  private static final String MODULE = "jdk.incubator.vector";

  private static final int MOST_THREADS = 1024;

  private Tier() {}

  /// The kernels of the tier named by the system property, else the best one, on all processors;
  /// announcements go to standard error.
  public static Kernels choose() {
    return choose(
        Optional.ofNullable(System.getProperty(PROPERTY)),
        Runtime.getRuntime().availableProcessors(),
        System.err::println);
  }

  /// The kernels of the named tier, or the best one that is there.
  ///
  /// @param wish `reference`, `vector`, `onednn`, `cuda`, or empty
  /// @param threads threads that share the work, 1 to 1024; 1 starts no thread
  /// @param announcer told in one line when a better tier could not be taken
  /// @throws LaminaException if the wish is unknown or not there, or `threads` is out of range
  public static Kernels choose(Optional<String> wish, int threads, Consumer<String> announcer) {
    if (threads < 1) {
      throw new LaminaException("threads must be at least 1 but is " + threads);
    }
    if (threads > MOST_THREADS) {
      throw new LaminaException("threads must be at most " + MOST_THREADS + " but is " + threads);
    }
    if (wish.isPresent()) {
      Optional<String> missing = whyMissing(wish.get());
      if (missing.isPresent()) {
        throw new LaminaException(
            "the kernels '" + wish.get() + "' are not available: " + missing.get());
      }
      return wish.get().equals("vector") ? vector(threads) : new ReferenceKernels();
    }
    Optional<String> missing = whyMissing("vector");
    if (missing.isPresent()) {
      announcer.accept("Lamina computes with the slow reference kernels: " + missing.get());
      return new ReferenceKernels();
    }
    return vector(threads);
  }

  /// Why a tier cannot be taken, with what to do; empty if it can.
  public static Optional<String> whyMissing(String tier) {
    return switch (tier) {
      case "reference" -> Optional.empty();
      case "vector" ->
          ModuleLayer.boot().findModule(MODULE).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "the module "
                      + MODULE
                      + " is not readable; start Java with --add-modules "
                      + MODULE);
      case "onednn", "cuda" ->
          Optional.of("this version of Lamina does not have that tier; use vector");
      default -> Optional.of("there is no such tier; known: " + String.join(", ", NAMES));
    };
  }

  /// The names of all tiers, the oracle first.
  public static List<String> names() {
    return NAMES;
  }

  /// The width of the vectors of the tier `vector` in bits; nothing if it is not there.
  public static OptionalInt vectorBits() {
    return whyMissing("vector").isPresent()
        ? OptionalInt.empty()
        : OptionalInt.of(VectorKernels.bits());
  }

  private static Kernels vector(int threads) {
    return new VectorKernels(threads, new ReferenceKernels());
  }
}
