package dev.lamina.layer;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A chain at work in one pass, at one batch size: the sites of its layers, made once.
///
/// A composite layer runs its strands in its own forward and backward. `forward` reads the
/// composite's input. `backward` is given where the two gradients lie; each pair of tensors is
/// prepared when it is first seen, so a step that uses the same tensors again allocates nothing.
public final class Strand {
  private final ChainMemory memory;
  private final Tensor x;
  private final Kernels kernels;
  private final Site[] sites;
  private final List<Route> routes = new ArrayList<>();
  private @Nullable Tensor gy;
  private @Nullable Tensor gx;
  private @Nullable Tensor start;

  /// A strand on the batch `x` `[n, ...]`.
  ///
  /// @param stream prefix of the names of the layers' random numbers
  public Strand(ChainMemory memory, Tensor x, Kernels kernels, Draws draws, String stream) {
    this.memory = memory;
    this.x = x;
    this.kernels = kernels;
    Chain chain = memory.chain();
    this.sites = new Site[chain.layers().size()];
    Tensor before = x;
    for (int l = 0; l < sites.length; l++) {
      Tensor y = memory.output(l, before);
      String name = stream + "." + chain.layerNames().get(l);
      Site site = new Site(before, y, memory.slots(l, x.axis(0)), kernels, draws, name);
      site.compose(memory.inner(l));
      sites[l] = site;
      before = y;
    }
  }

  /// The sites of the layers, from input to output.
  public Site[] sites() {
    return sites;
  }

  /// The input of the chain.
  public Tensor x() {
    return x;
  }

  /// The output of the chain; its input if it has no layers.
  public Tensor y() {
    return sites.length == 0 ? x : sites[sites.length - 1].y();
  }

  /// Memory for the gradient of the output, for a composite that does not send its own `gy`.
  ///
  /// @throws IllegalStateException if the chain has no layers, and therefore no memory
  public Tensor gy() {
    if (gy == null) {
      if (sites.length == 0) {
        throw new IllegalStateException("an empty chain has no gradient of its own");
      }
      gy = memory.gradient(sites.length - 1).rows(0, x.axis(0));
    }
    return gy;
  }

  /// Memory for the gradient of the input, for a composite that adds it to that of another chain.
  public Tensor gx() {
    if (gx == null) {
      gx = memory.inputGradient().rows(0, x.axis(0));
    }
    return gx;
  }

  /// Sets how the next forward and backward run.
  void run(Mode mode, boolean repeated, boolean learning, long step) {
    for (Site site : sites) {
      site.run(mode, repeated, learning, step);
    }
  }

  /// Sets the gradient that errors start from, if that is not the chain's own output.
  void start(Tensor start) {
    this.start = start;
  }

  /// Computes `y` from `x`.
  public void forward() {
    for (int l = 0; l < sites.length; l++) {
      layer(l).forward(sites[l]);
    }
  }

  /// Moves the running statistics of all layers once more by the last batch.
  public void again() {
    for (int l = 0; l < sites.length; l++) {
      layer(l).again(sites[l]);
    }
  }

  /// Takes the statistics of the last batch into the running ones by a share.
  public void pool(double share) {
    for (int l = 0; l < sites.length; l++) {
      layer(l).pool(sites[l], share);
    }
  }

  /// Sends the error of the output down: to the input if `into` is given, else to the lowest layer
  /// with parameters.
  ///
  /// @param error gradient of the output, which stays as it is
  /// @param into where the gradient of the input goes; null when nobody reads it
  /// @param path the matrix that carries errors through the projections of this chain
  public void backward(Tensor error, @Nullable Tensor into, ErrorPath path) {
    Route route = route(error, into);
    for (int l = sites.length - 1; l >= route.last; l--) {
      sites[l].path(path, start == null ? error : start);
      sites[l].gradients(route.gradients[l + 1], route.gradients[l]);
      layer(l).backward(sites[l]);
    }
    if (into != null && route.last == sites.length) {
      kernels.affine(into, Objects.requireNonNull(route.gradients[sites.length]), 1, 0);
    }
  }

  private Route route(Tensor error, @Nullable Tensor into) {
    for (int i = 0; i < routes.size(); i++) {
      if (routes.get(i).error == error && routes.get(i).into == into) {
        return routes.get(i);
      }
    }
    Route made = into == null ? toLowest(error) : toInput(error, into);
    routes.add(made);
    return made;
  }

  private Route toLowest(Tensor error) {
    int last = memory.chain().firstTrained();
    @Nullable Tensor[] gradients = new Tensor[sites.length + 1];
    gradients[sites.length] = error;
    descend(gradients, last);
    return new Route(error, null, gradients, last);
  }

  /// A view gives its gradient where its output's lies; so views at the bottom of the chain have
  /// the layer above them write into `into`.
  private Route toInput(Tensor error, Tensor into) {
    @Nullable Tensor[] gradients = new Tensor[sites.length + 1];
    int views = 0;
    while (views < sites.length && layer(views).isView()) {
      views++;
    }
    if (views == sites.length) {
      gradients[views] = error.reshape(into.shape());
      return new Route(error, into, gradients, views);
    }
    gradients[sites.length] = error;
    descend(gradients, views);
    gradients[views] = into.reshape(sites[views].x().shape());
    return new Route(error, into, gradients, views);
  }

  /// Fills in the gradients above layer `last`, from the output down.
  private void descend(@Nullable Tensor[] gradients, int last) {
    for (int l = sites.length - 1; l > last; l--) {
      Tensor above = Objects.requireNonNull(gradients[l + 1]);
      gradients[l] =
          layer(l).isView()
              ? above.reshape(sites[l].x().shape())
              : memory.gradient(l - 1).rows(0, x.axis(0));
    }
  }

  private Layer layer(int l) {
    return memory.chain().layers().get(l);
  }

  /// Where all gradients of one backward lie.
  private static final class Route {
    final Tensor error;
    final @Nullable Tensor into;

    /// At `l` that of the input of layer `l`; null at and below `last` where nobody reads it.
    final @Nullable Tensor[] gradients;

    /// The lowest layer that runs; the number of layers if the error is only copied.
    final int last;

    Route(Tensor error, @Nullable Tensor into, @Nullable Tensor[] gradients, int last) {
      this.error = error;
      this.into = into;
      this.gradients = gradients;
      this.last = last;
    }
  }
}
