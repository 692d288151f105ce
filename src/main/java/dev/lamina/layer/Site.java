package dev.lamina.layer;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One layer's place in one pass: its input, output, their gradients, its slots and how it is run.
///
/// Sites are made by the pass, once per batch size; a step only sets their mode.
public final class Site {
  private final Tensor x;
  private final Tensor y;
  private final Tensor[] slots;
  private final Kernels kernels;
  private final Draws draws;
  private final String stream;
  private Strand[] strands = {};
  private Mode mode = Mode.EVALUATE;
  private boolean repeated;
  private boolean learning;
  private long step;
  private ErrorPath path = ErrorPath.TRANSPOSE;
  private @Nullable Tensor gy;
  private @Nullable Tensor gx;
  private @Nullable Tensor start;

  /// A site on the given tensors.
  ///
  /// @param stream the name of this layer's random numbers
  public Site(Tensor x, Tensor y, Tensor[] slots, Kernels kernels, Draws draws, String stream) {
    this.x = x;
    this.y = y;
    this.slots = slots;
    this.kernels = kernels;
    this.draws = draws;
    this.stream = stream;
  }

  /// The layer's input.
  public Tensor x() {
    return x;
  }

  /// The layer's output.
  public Tensor y() {
    return y;
  }

  /// The gradient of the output; set before a backward.
  public Tensor gy() {
    return Objects.requireNonNull(gy, "no error was sent to this layer");
  }

  /// The gradient of the input, or null when nobody below reads it.
  public @Nullable Tensor gx() {
    return gx;
  }

  /// The gradient at the place where the error on its way down started: for an error from the
  /// output, `e` `[n, classes]` of direct feedback alignment.
  public Tensor start() {
    return Objects.requireNonNull(start, "no error was sent to this layer");
  }

  /// The slot with the layer's own number `i` (its position in `Layer.remembers`).
  public Tensor slot(int i) {
    return slots[i];
  }

  /// The chain with the composite layer's own number `i` (its position in `Layer.chains`).
  public Strand strand(int i) {
    return strands[i];
  }

  /// Gives a composite layer's site the memory of its chains; part of making a site.
  public void compose(ChainMemory... chains) {
    strands = new Strand[chains.length];
    for (int i = 0; i < chains.length; i++) {
      String name = stream + "." + chains[i].chain().name();
      strands[i] = new Strand(chains[i], x, kernels, draws, name);
    }
  }

  /// The arithmetic.
  public Kernels kernels() {
    return kernels;
  }

  /// The random numbers; the layer draws from `stream()` at `step()`.
  public Draws draws() {
    return draws;
  }

  /// The name of this layer's random numbers.
  public String stream() {
    return stream;
  }

  /// The number of the update in its phase.
  public long step() {
    return step;
  }

  /// How the batch is treated.
  public Mode mode() {
    return mode;
  }

  /// Whether this batch went forward before: masks are kept and running statistics stay.
  public boolean repeated() {
    return repeated;
  }

  /// Whether backward computes the gradients of the parameters.
  public boolean learning() {
    return learning;
  }

  /// The matrix that carries errors down.
  public ErrorPath path() {
    return path;
  }

  /// Sets how the next forward and backward run.
  public void run(Mode mode, boolean repeated, boolean learning, long step) {
    this.mode = mode;
    this.repeated = repeated;
    this.learning = learning;
    this.step = step;
    for (Strand strand : strands) {
      strand.run(mode, repeated, learning, step);
    }
  }

  /// Sets the error path of the block and the gradient that the error starts from.
  public void path(ErrorPath path, Tensor start) {
    this.path = path;
    this.start = start;
    for (Strand strand : strands) {
      strand.start(start);
    }
  }

  /// Sets where the gradients of output and input lie.
  public void gradients(@Nullable Tensor gy, @Nullable Tensor gx) {
    this.gy = gy;
    this.gx = gx;
  }
}
