package dev.lamina.kernel;

/// An element-wise function with its parameter; `Kernels.activate` says what each computes.
///
/// @param kind the function
/// @param parameter its parameter `a` (power, slope or steepness); ignored by kinds without one
public record Activation(Kind kind, double parameter) {
  /// The functions of `specs/operations.md`, section 6.
  public enum Kind {
    /// `max(0, x)`.
    RELU,
    /// `x` if positive, else `a x`; `a` is 0.01 by default.
    LEAKY_RELU,
    /// `max(0, x)^a`; derivative 0 at x ≤ 0 for every `a`.
    REPU,
    /// `max(0, z)^a` with `z = x - mean` over the last axis; the derivative takes the mean as
    /// constant.
    TRIANGLE,
    /// `tanh(a x)`.
    TANH,
    /// `1 / (1 + exp(-a x))`.
    SIGMOID,
    /// `x Φ(x)` by the error function.
    GELU,
    /// The tanh approximation of GELU.
    GELU_TANH,
    /// `x` if positive, else `a (exp(x) - 1)`.
    ELU,
    /// ELU with the self-normalising constants.
    SELU,
    /// `ln(1 + exp(a x)) / a`; `x` itself when `a x > 20`.
    SOFTPLUS,
    /// `exp(a x)`.
    EXP
  }

  /// The function with its default parameter (1; leaky ReLU 0.01).
  public static Activation of(Kind kind) {
    return new Activation(kind, kind == Kind.LEAKY_RELU ? 0.01 : 1);
  }
}
