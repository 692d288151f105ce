package dev.lamina.rule.transport;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.network.Pass;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sign symmetry: the error comes down by the signs of the weights, with magnitudes of its own.
///
/// ```
/// V = M ∘ sign(W)        sign(0) = 0
/// ```
///
/// | magnitude | M |
/// |---|---|
/// | `ONE` (`sign-symmetry`) | 1 |
/// | `UNIFORM` (`uniform-sign`) | s everywhere |
/// | `FIXED` (`fixed-sign`) | U[0, √3 s), drawn once |
/// | `BATCHWISE` (`batchwise-sign`) | U[0, √3 s), drawn before each forward of training |
///
/// s is the standard deviation of the law of initial weights; `U[0, √3 s)` is `|U(-√3 s, √3 s)|`.
/// With concordance p < 1 each sign is turned over with probability 1 - p, once for all.
///
/// Source: Liao, Leibo & Poggio 2016; Moskovitz et al. 2018; `specs/weight-transport.md`, sections
/// 1 and 5.2; `specs/phsic.md`, section 9.
///
/// @param magnitude what M is
/// @param initial the law whose spread is s
/// @param concordance p in [0, 1]
/// @param options what the family has in common
public record SignFeedback(
    Magnitude magnitude, Initializer.Centred initial, double concordance, TransportOptions options)
    implements TransportRule {
  private static final String MAGNITUDE = "magnitude";
  private static final String CONCORDANCE = "concordance";

  /// What the signs are multiplied with.
  public enum Magnitude {
    /// Nothing.
    ONE("sign-symmetry", ""),
    /// The spread of initial weights.
    UNIFORM("uniform-sign", "usf"),
    /// Numbers that were drawn once.
    FIXED("fixed-sign", "frsf"),
    /// Numbers that are drawn for every batch.
    BATCHWISE("batchwise-sign", "brsf");

    private final String rule;
    private final String abbreviation;

    Magnitude(String rule, String abbreviation) {
      this.rule = rule;
      this.abbreviation = abbreviation;
    }
  }

  @Override
  public String name() {
    return magnitude.rule;
  }

  @Override
  public String abbreviation() {
    return magnitude.abbreviation;
  }

  @Override
  public Feedback feedback(Junction at) {
    return new AtWork(at);
  }

  private final class AtWork implements Feedback {
    private final Junction at;
    private final Kernels k;
    private final Tensor v;
    private final @Nullable Tensor m;
    private final @Nullable Tensor concordant;
    private final double s;

    AtWork(Junction at) {
      this.at = at;
      this.k = at.kernels();
      this.v = Tensor.zeros(at.w().type(), at.w().shape());
      this.s = magnitude == Magnitude.ONE ? 1 : at.deviation(initial);
      boolean drawn = magnitude == Magnitude.FIXED || magnitude == Magnitude.BATCHWISE;
      this.m = drawn ? Tensor.zeros(v.type(), v.shape()) : null;
      this.concordant = concordance < 1 ? turned() : null;
      draw(0);
    }

    private Tensor turned() {
      Tensor kept = Tensor.zeros(DType.U8, v.shape());
      at.draws().keep(kept, 1 - concordance, at.stream(CONCORDANCE), 0);
      Tensor signs = Tensor.zeros(v.type(), v.shape());
      k.convert(signs, kept, 2);
      k.affine(signs, signs, 1, -1);
      return signs;
    }

    private void draw(long step) {
      if (m != null) {
        at.draws().uniform(m, at.stream(MAGNITUDE), step);
        k.affine(m, m, StrictMath.sqrt(3) * s, 0);
      }
    }

    @Override
    public void beforeForward(Pass pass) {
      if (magnitude == Magnitude.BATCHWISE) {
        draw(pass.update());
      }
    }

    @Override
    public Tensor matrix(Projection p, Site site) {
      return measured();
    }

    @Override
    public Tensor measured() {
      k.map(v, at.w(), Function.SIGN);
      if (concordant != null) {
        k.combine(v, v, concordant, Operation.MULTIPLY);
      }
      if (m != null) {
        k.combine(v, m, v, Operation.MULTIPLY); // V = M ∘ sign(W)
      } else if (s != 1) {
        k.affine(v, v, s, 0); //                     V = s sign(W)
      }
      return v;
    }

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      if (m != null) {
        state.put(MAGNITUDE, m);
      }
      if (concordant != null) {
        state.put(CONCORDANCE, concordant);
      }
      return state;
    }
  }
}
