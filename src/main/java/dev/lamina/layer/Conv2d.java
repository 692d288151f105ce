package dev.lamina.layer;

import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A convolution (cross-correlation) or, on a flat input, a dense layer.
///
/// ```
/// u[n,i,j,o] = Σ x̄[n, i·s + a·d, j·s + b·d, c] W~[o,a,b,c] + bias[o],    W~ = sign(W) |W|^(ℓ-1)
/// ```
///
/// - `x` `[n, h, w, c]` is padded once to `x̄`; a dense layer reads `[n, features]`
/// - `u` `[n, oh, ow, o]` or `[n, o]`; `W` `[o, kh, kw, c / groups]` or `[o, features]`
/// - the norm order ℓ is 2 (then W~ = W) unless a Hebbian layer says otherwise
///
/// Source: `specs/operations.md`, section 2; `specs/softhebb.md`, section 3.
public final class Conv2d implements Projection {
  private static final int PADDED = 0;
  private static final int PADDED_GRADIENT = 1;
  private static final int MAPPED = 2;

  private final Shape input;
  private final Shape output;
  private final Window window;
  private final Padding padding;
  private final double order;
  private final DType type;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /// A layer with zero weights.
  ///
  /// @param input shape of a sample, `[h, w, c]` or `[features]`
  /// @param form kernel, padding, groups and so on
  /// @param from how the input was flattened, if it was: the weight's layout outside
  /// @throws IllegalArgumentException if the kernel does not fit or groups do not divide channels
  public Conv2d(Shape input, Form form, DType type, Layout from) {
    this.input = input;
    this.type = type;
    this.window = form.window();
    this.padding = form.padding();
    this.order = form.order();
    boolean dense = input.rank() == 1;
    int channels = input.axis(-1);
    int groups = window.groups();
    if (channels % groups != 0 || form.outputs() % groups != 0) {
      throw new IllegalArgumentException(
          groups
              + " groups do not divide "
              + channels
              + " inputs and "
              + form.outputs()
              + " outputs");
    }
    this.output = dense ? Shape.of(form.outputs()) : outputMap(input, form);
    Shape shape =
        dense
            ? Shape.of(form.outputs(), channels)
            : Shape.of(form.outputs(), window.kh(), window.kw(), channels / groups);
    this.weight = new Parameter("weight", type, shape, dense ? from : Layout.map());
    this.bias =
        form.bias() ? new Parameter("bias", type, Shape.of(form.outputs()), Layout.same()) : null;
  }

  /// What distinguishes one projection from another.
  ///
  /// @param outputs number of outputs o, ≥ 1
  /// @param window how the kernel slides; `Window.DENSE` for a dense layer
  /// @param padding how the input is enlarged
  /// @param bias whether a bias is added
  /// @param order norm order ℓ of W~, ≥ 1; 2 projects with W
  public record Form(int outputs, Window window, Padding padding, boolean bias, double order) {}

  private static Shape outputMap(Shape input, Form form) {
    int p = form.padding().size();
    if (!form.padding().fits(input.axis(0), input.axis(1))) {
      throw new IllegalArgumentException(
          form.padding().mode().name().toLowerCase(Locale.ROOT)
              + " padding of "
              + p
              + " needs a map larger than that but the input is "
              + input);
    }
    int height = form.window().outHeight(input.axis(0) + 2 * p);
    int width = form.window().outWidth(input.axis(1) + 2 * p);
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a kernel of "
              + form.window().kh()
              + "x"
              + form.window().kw()
              + " does not fit into "
              + input
              + " with padding "
              + p);
    }
    return Shape.of(height, width, form.outputs());
  }

  @Override
  public String kind() {
    return input.rank() == 1 ? "dense" : "convolution";
  }

  @Override
  public Shape output() {
    return output;
  }

  @Override
  public List<Slot> remembers() {
    List<Slot> slots = new ArrayList<>();
    Shape padded = isPadded() ? paddedInput() : Shape.of(0);
    slots.add(Slot.perSample(type, padded));
    slots.add(Slot.perSample(type, padded));
    slots.add(new Slot(order == 2 ? Shape.of(0) : weight.value().shape(), type, false));
    return slots;
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  /// The bias `[o]`, or null.
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  public Shape input() {
    return input;
  }

  @Override
  public Padding padding() {
    return padding;
  }

  @Override
  public long flops() {
    return 2L * output.size() * fanIn();
  }

  @Override
  public Parameter weight() {
    return weight;
  }

  @Override
  public double order() {
    return order;
  }

  @Override
  public Window window() {
    return window;
  }

  @Override
  public Tensor seen(Site s) {
    return order == 2 ? weight.value() : s.slot(MAPPED);
  }

  @Override
  public Tensor padded(Site s) {
    return isPadded() ? s.slot(PADDED) : s.x();
  }

  @Override
  public void forward(Site s) {
    if (isPadded()) {
      s.kernels().pad(s.slot(PADDED), s.x(), padding);
    }
    if (order != 2) {
      s.kernels().signedPower(s.slot(MAPPED), weight.value(), order - 1);
    }
    s.kernels().project(s.y(), padded(s), seen(s), window);
    if (bias != null) {
      s.kernels().combineColumns(s.y(), s.y(), bias.value(), Operation.ADD);
    }
  }

  @Override
  public void backward(Site s) {
    if (s.learning()) {
      s.kernels().correlate(weight.gradient(), s.gy(), padded(s), window, 0);
      if (bias != null) {
        s.kernels().columnSums(bias.gradient(), s.gy());
      }
    }
    Tensor gx = s.gx();
    if (gx != null) {
      s.path().send(s, this, isPadded() ? s.slot(PADDED_GRADIENT) : gx, s.gy());
      if (isPadded()) {
        s.kernels().unpad(gx, s.slot(PADDED_GRADIENT), padding);
      }
    }
  }

  private boolean isPadded() {
    return padding.size() > 0;
  }
}
