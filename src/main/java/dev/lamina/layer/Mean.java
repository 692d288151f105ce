package dev.lamina.layer;

import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// The mean of chains that read the same input: `y = (chain₁(x) + … + chain_K(x)) / K`.
///
/// ```
/// gx = Σ gx of the chains       each receives gy / K
/// ```
///
/// Any shapes, as long as all chains give the same.
///
/// Source: `specs/hsic-bottleneck.md`, section 10.
public final class Mean implements Layer {
  private final List<Chain> chains;
  private final Shape output;

  /// A layer for samples of shape `input`.
  ///
  /// @param chains at least one; none of them empty
  /// @throws IllegalArgumentException if a chain is empty or outputs differ in shape
  public Mean(Shape input, List<Chain> chains) {
    if (chains.isEmpty() || chains.stream().anyMatch(c -> c.layers().isEmpty())) {
      throw new IllegalArgumentException(
          "a mean needs at least one chain, and every chain at least one layer");
    }
    this.chains = List.copyOf(chains);
    this.output = chains.getFirst().output(input);
    for (Chain chain : chains) {
      if (!chain.output(input).equals(output)) {
        throw new IllegalArgumentException(
            "'"
                + chain.name()
                + "' of a mean gives "
                + chain.output(input)
                + " but '"
                + chains.getFirst().name()
                + "' gives "
                + output);
      }
    }
  }

  @Override
  public String kind() {
    return "mean";
  }

  @Override
  public Shape output() {
    return output;
  }

  @Override
  public List<Chain> chains() {
    return chains;
  }

  @Override
  public void forward(Site s) {
    s.kernels().fill(s.y(), 0);
    for (int i = 0; i < chains.size(); i++) {
      s.strand(i).forward();
      s.kernels().addScaled(s.y(), 1, s.strand(i).y());
    }
    s.kernels().affine(s.y(), s.y(), 1.0 / chains.size(), 0);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    Tensor share = s.strand(0).gy();
    s.kernels().affine(share, s.gy(), 1.0 / chains.size(), 0);
    s.strand(0).backward(share, gx, s.path());
    for (int i = 1; i < chains.size(); i++) {
      Tensor more = gx == null ? null : s.strand(i).gx();
      s.strand(i).backward(share, more, s.path());
      if (gx != null && more != null) {
        s.kernels().combine(gx, gx, more, Operation.ADD);
      }
    }
  }

  @Override
  public void again(Site s) {
    for (int i = 0; i < chains.size(); i++) {
      s.strand(i).again();
    }
  }

  @Override
  public void pool(Site s, double share) {
    for (int i = 0; i < chains.size(); i++) {
      s.strand(i).pool(share);
    }
  }
}
