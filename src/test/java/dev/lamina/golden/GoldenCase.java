package dev.lamina.golden;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Layout;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// One golden case on one tier: hands out inputs, takes results, tells at the end what was wrong.
///
/// Floating inputs come in the tier's type; labels are I32, masks U8. `in` and `check` use the
/// layout of the file, `map` and `checkMap` are channels last. An output is right if `max|got -
/// want| / max(1e-30, max|want|)` stays under its tolerance: `tol64` of the parameters or 1e-9 in
/// F64, the file's `tol32` in F32; integers must be equal.
public final class GoldenCase {
  private static final String IN = "in.";

  private final GoldenFile file;
  private final Tier tier;
  private final Outputs outputs;

  GoldenCase(GoldenFile file, Tier tier, Outputs outputs) {
    this.file = file;
    this.tier = tier;
    this.outputs = outputs;
  }

  /// The file's name without its ending, for example `op_conv_basic`.
  public String name() {
    return file.name();
  }

  /// The hyper-parameters.
  public Params params() {
    return file.params();
  }

  /// The tier that is tested.
  public Kernels kernels() {
    return tier.kernels();
  }

  /// The floating type of this run.
  public DType type() {
    return tier.type();
  }

  /// Whether the case has the input.
  public boolean hasIn(String name) {
    return file.tensors().containsKey(IN + name);
  }

  /// Whether the case records the output.
  public boolean hasOut(String name) {
    return outputs.has(name);
  }

  /// A fresh copy of an input in the layout of the file.
  public Tensor in(String name) {
    Tensor stored = file.tensors().get(IN + name);
    if (stored == null) {
      throw new IllegalArgumentException(name() + " has no input " + name);
    }
    return stored.type().isFloating() ? converted(stored) : stored.copy();
  }

  /// A fresh copy of an input, maps and weights channels last.
  public Tensor map(String name) {
    return channelsLast(in(name));
  }

  /// Maps `[.., c, h, w]` or weights `[o, i, kh, kw]` channels last; what has no map is handed
  /// back.
  public static Tensor channelsLast(Tensor t) {
    Shape outside = t.shape();
    int rank = outside.rank();
    if (rank < 4) {
      return t;
    }
    int[] axes = outside.axes();
    axes[rank - 3] = outside.axis(rank - 2);
    axes[rank - 2] = outside.axis(rank - 1);
    axes[rank - 1] = outside.axis(rank - 3);
    return Layout.map().toInside(t, Shape.of(axes));
  }

  /// A tensor of zeros of this run's floating type.
  public Tensor zeros(int... axes) {
    return Tensor.zeros(type(), axes);
  }

  private Tensor converted(Tensor stored) {
    Tensor copy = Tensor.zeros(type(), stored.shape());
    for (int i = 0; i < copy.size(); i++) {
      copy.set(i, stored.get(i));
    }
    return copy;
  }

  /// Compares a map or weights, channels last, with an output.
  public void checkMap(String name, Tensor got) {
    check(name, got.shape().rank() < 4 ? got : Layout.map().toOutside(got));
  }

  /// Compares a result in the layout of the file with an output; the shapes must agree in size.
  public void check(String name, Tensor got) {
    outputs.take(name, got);
  }
}
