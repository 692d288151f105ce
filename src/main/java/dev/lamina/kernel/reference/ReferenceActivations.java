package dev.lamina.kernel.reference;

import dev.lamina.kernel.Activation;
import dev.lamina.tensor.Tensor;

/// Activations and their derivatives (`specs/operations.md`, section 6).
final class ReferenceActivations {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double GELU_CUBE = 0.044715;
  private static final double SOFTPLUS_LINEAR = 20;

  private ReferenceActivations() {}

  static void activate(Tensor y, Tensor x, Activation f) {
    double[] values = arguments(x, f);
    ReferenceElements.each(values, v -> value(f, v));
    Doubles.store(y, values);
  }

  static void activateBackward(Tensor gx, Tensor gy, Tensor x, Activation f) {
    double[] slopes = arguments(x, f);
    ReferenceElements.each(slopes, v -> derivative(f, v));
    Doubles.store(gx, ReferenceElements.each(Doubles.of(gy), slopes, (g, slope) -> g * slope));
  }

  /// The elements; for the triangle without the mean over the last axis.
  private static double[] arguments(Tensor x, Activation f) {
    double[] values = Doubles.of(x);
    if (f.kind() == Activation.Kind.TRIANGLE) {
      int length = x.axis(-1);
      for (int row = 0; row < values.length; row += length) {
        centre(values, row, length);
      }
    }
    return values;
  }

  private static void centre(double[] values, int row, int length) {
    double sum = 0;
    for (int i = row; i < row + length; i++) {
      sum += values[i];
    }
    for (int i = row; i < row + length; i++) {
      values[i] -= sum / length;
    }
  }

  private static double value(Activation f, double x) {
    double a = f.parameter();
    return switch (f.kind()) {
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x > 0 ? x : a * x;
      case REPU, TRIANGLE -> StrictMath.pow(Math.max(0, x), a);
      case TANH -> StrictMath.tanh(a * x);
      case SIGMOID -> sigmoid(a * x);
      case GELU -> x * gauss(x);
      case GELU_TANH -> x / 2 * (1 + gaussTanh(x));
      case ELU -> x > 0 ? x : a * StrictMath.expm1(x);
      case SELU -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * StrictMath.expm1(x));
      case SOFTPLUS -> a * x > SOFTPLUS_LINEAR ? x : StrictMath.log1p(StrictMath.exp(a * x)) / a;
      case EXP -> StrictMath.exp(a * x);
    };
  }

  private static double derivative(Activation f, double x) {
    double a = f.parameter();
    return switch (f.kind()) {
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : a;
      case REPU, TRIANGLE -> x > 0 ? a * StrictMath.pow(x, a - 1) : 0;
      case TANH -> a * (1 - square(StrictMath.tanh(a * x)));
      case SIGMOID -> a * sigmoid(a * x) * sigmoid(-a * x);
      case GELU -> gauss(x) + x * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case GELU_TANH -> (1 + gaussTanh(x)) / 2 + x / 2 * gaussTanhSlope(x);
      case ELU -> x > 0 ? 1 : a * StrictMath.exp(x);
      case SELU -> SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * StrictMath.exp(x));
      case SOFTPLUS -> a * x > SOFTPLUS_LINEAR ? 1 : sigmoid(a * x);
      case EXP -> a * StrictMath.exp(a * x);
    };
  }

  /// `1 / (1 + exp(-x))`, without overflow for either sign.
  static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  /// Φ, the distribution function of the normal law.
  private static double gauss(double x) {
    return ErrorFunction.erfc(-x / Math.sqrt(2)) / 2;
  }

  private static double gaussTanh(double x) {
    return StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + GELU_CUBE * x * x * x));
  }

  private static double gaussTanhSlope(double x) {
    double inner = Math.sqrt(2 / Math.PI) * (1 + 3 * GELU_CUBE * x * x);
    return (1 - square(gaussTanh(x))) * inner;
  }

  private static double square(double x) {
    return x * x;
  }
}
