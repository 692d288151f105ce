package dev.lamina.rule.transport;

import dev.lamina.tensor.Tensor;
import java.util.OptionalDouble;

/// How alike two matrices are, for example weights and feedback.
///
/// ```
/// angle(A, B) = 180/π acos ⟨A/|A|, B/|B|⟩        in degrees, 0 … 180; the argument held in [-1, 1]
/// ratio(A, B) = |B| / |A|                        Frobenius norms
/// ```
///
/// Source: `specs/weight-transport.md`, section 7.
public final class Alignment {
  private Alignment() {}

  /// The angle between two tensors of one size, in degrees; empty if either is all zero.
  ///
  /// @throws IllegalArgumentException if the sizes differ
  public static OptionalDouble angle(Tensor a, Tensor b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException("no angle between " + a.shape() + " and " + b.shape());
    }
    double lengthA = norm(a);
    double lengthB = norm(b);
    if (lengthA == 0 || lengthB == 0) {
      return OptionalDouble.empty();
    }
    double cosine = 0;
    for (int i = 0; i < a.size(); i++) {
      cosine += a.get(i) / lengthA * (b.get(i) / lengthB);
    }
    double held = Math.max(-1, Math.min(1, cosine));
    return OptionalDouble.of(StrictMath.toDegrees(StrictMath.acos(held)));
  }

  /// The norm of `b` over that of `a`; empty if `a` is all zero.
  public static OptionalDouble ratio(Tensor a, Tensor b) {
    double length = norm(a);
    return length == 0 ? OptionalDouble.empty() : OptionalDouble.of(norm(b) / length);
  }

  private static double norm(Tensor t) {
    double squares = 0;
    for (int i = 0; i < t.size(); i++) {
      squares += t.get(i) * t.get(i);
    }
    return Math.sqrt(squares);
  }
}
