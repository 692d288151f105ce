package dev.lamina.layer;

import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A body beside a shortcut: `y = body(x) + shortcut(x)`.
///
/// ```
/// gx = gx of the body + gx of the shortcut       both receive gy
/// ```
///
/// Any shapes, as long as body and shortcut give the same. A shortcut without layers is the
/// identity. The error goes through the shortcut by `ErrorPath.ofShortcut` of the block's path.
///
/// Source: He et al. 2015, "Deep Residual Learning for Image Recognition", equations 1 and 2.
public final class Residual implements Layer {
  private static final int BODY = 0;
  private static final int SHORTCUT = 1;

  private final Chain body;
  private final Chain shortcut;

  /// A layer for samples of shape `input`.
  ///
  /// @param body at least one layer
  /// @param shortcut layers, or none for the identity
  /// @throws IllegalArgumentException if the body is empty or the two outputs differ in shape
  public Residual(Shape input, Chain body, Chain shortcut) {
    if (body.layers().isEmpty()) {
      throw new IllegalArgumentException("the body of a residual layer needs at least one layer");
    }
    if (!body.output(input).equals(shortcut.output(input))) {
      throw new IllegalArgumentException(
          "the body of a residual layer gives "
              + body.output(input)
              + " but its shortcut "
              + shortcut.output(input)
              + "; let the shortcut end in the body's shape");
    }
    this.body = body;
    this.shortcut = shortcut;
  }

  @Override
  public String kind() {
    return "residual";
  }

  @Override
  public Shape output() {
    return body.layers().getLast().output();
  }

  @Override
  public List<Chain> chains() {
    return List.of(body, shortcut);
  }

  @Override
  public void forward(Site s) {
    s.strand(BODY).forward();
    s.strand(SHORTCUT).forward();
    s.kernels().combine(s.y(), s.strand(BODY).y(), s.strand(SHORTCUT).y(), Operation.ADD);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    s.strand(BODY).backward(s.gy(), gx, s.path());
    Tensor second = throughShortcut(s);
    if (gx != null && second != null) {
      s.kernels().combine(gx, gx, second, Operation.ADD);
    }
  }

  /// The gradient of the input by way of the shortcut: `gy` itself through the identity.
  private @Nullable Tensor throughShortcut(Site s) {
    if (shortcut.layers().isEmpty()) {
      return s.gy();
    }
    Strand strand = s.strand(SHORTCUT);
    Tensor gx = s.gx() == null ? null : strand.gx();
    strand.backward(s.gy(), gx, s.path().ofShortcut());
    return gx;
  }

  @Override
  public void again(Site s) {
    s.strand(BODY).again();
    s.strand(SHORTCUT).again();
  }

  @Override
  public void pool(Site s, double share) {
    s.strand(BODY).pool(share);
    s.strand(SHORTCUT).pool(share);
  }
}
