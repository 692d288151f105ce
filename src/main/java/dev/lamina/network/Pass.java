package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Mode;
import dev.lamina.layer.Site;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Every activation of one batch in flight, over some consecutive blocks of a network.
///
/// A step is: `begin(n)`, fill `input()` and `labels()`, set modes, `forward`, maybe `backward`.
/// All memory is sized once for the largest batch; a smaller one uses the first rows. Passes share
/// the parameters of their network and nothing else; one pass belongs to one thread at a time.
public final class Pass {
  /// Stands for the network's input as the end of a `backward`.
  public static final int INPUT = -1;

  private final Network network;
  private final Kernels kernels;
  private final Extent extent;
  private final Buffers buffers;
  private final List<Frame> frames = new ArrayList<>();
  private final ErrorPath[] paths;
  private final boolean[] forwarded;
  private @Nullable Frame frame;
  private long epoch;
  private long update;

  /// Which blocks a pass runs, and how many samples at most.
  ///
  /// @param from first block
  /// @param to last block, inclusive
  /// @param capacity largest batch
  public record Extent(int from, int to, int capacity) {}

  /// A pass over the blocks of `extent`.
  ///
  /// @param stream prefix of the names of random numbers, for example the phase
  public Pass(Network network, Kernels kernels, Draws draws, Extent extent, String stream) {
    this.network = network;
    this.kernels = kernels;
    this.extent = extent;
    this.buffers = new Buffers(network, extent, kernels, draws, stream);
    this.paths = new ErrorPath[network.blocks().size()];
    this.forwarded = new boolean[network.blocks().size()];
    Arrays.fill(paths, ErrorPath.TRANSPOSE);
  }

  /// Begins a batch of `n` samples, at most the capacity.
  public void begin(int n) {
    frame = frameOf(n);
    frame.begin();
    Arrays.fill(forwarded, false);
  }

  private Frame frameOf(int n) {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).size() == n) {
        return frames.get(i);
      }
    }
    Frame made = new Frame(buffers, n);
    frames.add(made);
    return made;
  }

  private Frame frame() {
    if (frame == null) {
      throw new IllegalStateException("begin(n) must come before anything else of a batch");
    }
    return frame;
  }

  /// The number of samples of the batch.
  public int size() {
    return frame().size();
  }

  /// The input of the first block, `[n, ...]`, to be filled.
  public Tensor input() {
    return frame().input();
  }

  /// The labels, I32 `[n]`, to be filled.
  public Tensor labels() {
    return frame().labels();
  }

  /// The output of the last block, `[n, ...]`.
  public Tensor output() {
    return tap(extent.to(), Tap.Y);
  }

  /// Sets epoch and update of the phase, both from 0.
  public void clock(long newEpoch, long newUpdate) {
    epoch = newEpoch;
    update = newUpdate;
  }

  /// The epoch of the phase, from 0.
  public long epoch() {
    return epoch;
  }

  /// The update of the phase, from 0.
  public long update() {
    return update;
  }

  /// The arithmetic.
  public Kernels kernels() {
    return kernels;
  }

  /// The network.
  public Network network() {
    return network;
  }

  /// The blocks that this pass runs.
  public Extent extent() {
    return extent;
  }

  /// Sets the matrix that carries errors through a block.
  public void path(int block, ErrorPath path) {
    paths[block] = path;
  }

  /// The matrix that carries errors through a block.
  public ErrorPath path(int block) {
    return paths[block];
  }

  /// Runs one block forward.
  ///
  /// @param learning whether a later backward computes gradients of its parameters
  public void forward(int block, Mode mode, boolean learning) {
    forward(block, Tap.Y, mode, learning);
  }

  /// Runs one block forward as far as a tap, and no layer behind it.
  public void forward(int block, Tap to, Mode mode, boolean learning) {
    Site[] sites = frame().sites(block);
    int last = buffers.layerOf(block, to);
    for (int l = 0; l <= last; l++) {
      sites[l].run(mode, forwarded[block], learning, update);
      network.blocks().get(block).layers().get(l).forward(sites[l]);
    }
    forwarded[block] = true;
  }

  /// Moves the running statistics of a block once more by its last forward, if that learned.
  public void again(int block) {
    frame().strand(block).again();
  }

  /// Takes the statistics of a block's last forward into the running ones by a share
  /// (`Layer.pool`); the forward must have used those of the batch.
  public void pool(int block, double share) {
    frame().strand(block).pool(share);
  }

  /// Runs the blocks `from` to `to` (inclusive) forward in evaluation mode.
  public void evaluate(int from, int to) {
    for (int b = from; b <= to; b++) {
      forward(b, Mode.EVALUATE, false);
    }
  }

  /// Sends the error at `error(from, at)` down through the blocks to block `to` (inclusive): to its
  /// lowest layer with parameters, or to the network's input if `to` is `INPUT`.
  public void backward(int from, Tap at, int to) {
    frame().descent(from, buffers.layerOf(from, at), to).run(paths);
  }

  /// What a tap of a block holds, `[n, ...]`.
  public Tensor tap(int block, Tap tap) {
    Frame f = frame();
    if (tap.equals(Tap.INPUT)) {
      return f.sites(block)[0].x();
    }
    if (tap.equals(Tap.X)) {
      int at = buffers.projectionOf(block);
      return network.blocks().get(block).projection().padded(f.sites(block)[at]);
    }
    return f.sites(block)[buffers.layerOf(block, tap)].y();
  }

  /// The gradient with respect to a tap; whoever starts an error writes it here.
  public Tensor error(int block, Tap tap) {
    return frame().gradient(block, buffers.layerOf(block, tap));
  }

  /// The gradient with respect to the network's input, after `backward(.., INPUT)`.
  public Tensor inputError() {
    return frame().inputGradient();
  }

  /// Memory of a rule for this batch size, of the network's type, kept between batches.
  public Tensor scratch(int block, String name, Shape shape) {
    return frame().scratch(block, name, network.type(), shape);
  }

  /// What follows from the batch alone, computed when it is first asked for in a batch and shared
  /// by all blocks.
  ///
  /// @param name unique in the network
  /// @param fill computes it
  public Tensor once(String name, DType type, Shape shape, Consumer<Tensor> fill) {
    return frame().once(name, type, shape, fill);
  }
}
