package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Tap;
import dev.lamina.optim.Steps;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The HSIC bottleneck at work on one block; the equations are in `HsicBottleneck`.
final class HsicBottleneckLearning implements Learning {
  /// Positions in the sums of an epoch.
  private static final int HX = 0;

  private static final int HY = 1;
  private static final int UPDATES = 2;
  private static final int EPOCH = 3;
  private static final int LAST_HX = 4;
  private static final int LAST_HY = 5;

  private final HsicBottleneck rule;
  private final Kernels k;
  private final String name;
  private final int block;
  private final int lowest;
  private final Plan plan;
  private final Steps steps;
  private final HsicTerms terms;
  private final String nameOfM;
  private final Consumer<Tensor> combine = this::combine;
  private final Tensor sums = Tensor.zeros(DType.F64, 6);

  HsicBottleneckLearning(
      HsicBottleneck rule, Network network, int block, Plan plan, Kernels kernels) {
    this.rule = rule;
    this.k = kernels;
    this.name = network.blocks().get(block).name();
    this.block = block;
    this.plan = plan;
    List<Parameter> trained = trained(network);
    this.lowest = home(network, trained.getFirst());
    this.steps = plan.optimizer().start(trained, kernels);
    this.terms = new HsicTerms(rule.similarity(), network, plan.batch(), kernels);
    this.nameOfM = "hsic M " + rule.alpha() + " " + rule.beta() + " " + terms.names();
  }

  private List<Parameter> trained(Network network) {
    boolean aligned = rule.grouping() == HsicBottleneck.Grouping.ALIGNED;
    List<Parameter> of =
        aligned
            ? network.blocks().get(block).parameters()
            : network.blocks().stream().flatMap(b -> b.parameters().stream()).toList();
    int from = aligned ? 0 : 2 * block;
    int to = aligned ? of.size() : from + 2;
    if (of.isEmpty() || to > of.size()) {
      throw new LaminaException(
          "the objective of block '"
              + name
              + "' has no parameters to change; leave the block out of the phase's 'learn', or give"
              + " it a dense layer or convolution");
    }
    return of.subList(from, to);
  }

  private static int home(Network network, Parameter p) {
    int at = 0;
    while (!network.blocks().get(at).parameters().contains(p)) {
      at++;
    }
    return at;
  }

  @Override
  public int changes(int ofBlock) {
    return lowest;
  }

  @Override
  public void learn(Pass pass) {
    Tensor z = pass.tap(block, Tap.Y);
    try {
      terms.measure(pass, z); //                                    hx, hy
      Tensor m = pass.once(nameOfM, DType.F64, terms.rx().shape(), combine);
      terms.gradient(pass.error(block, Tap.Y), z, m); //            dL/dZ
    } catch (LaminaException e) {
      throw new LaminaException(
          "block '%s' at update %d of epoch %d: %s"
              .formatted(name, pass.update(), pass.epoch(), e.getMessage()),
          e);
    }
    pass.backward(block, Tap.Y, lowest); //                         dL/dW
    steps.step(plan.schedule().rate(plan.rate(), pass.epoch(), pass.update()));
    count(pass.epoch());
  }

  /// `M = α R_x - β R_y`.
  private void combine(Tensor m) {
    k.affine(m, terms.rx(), rule.alpha(), 0);
    k.addScaled(m, -rule.beta(), terms.ry());
  }

  private void count(long epoch) {
    if ((long) sums.get(EPOCH) != epoch) {
      k.fill(sums, 0);
      sums.set(EPOCH, (double) epoch);
    }
    sums.set(HX, sums.get(HX) + terms.hx());
    sums.set(HY, sums.get(HY) + terms.hy());
    sums.set(UPDATES, sums.get(UPDATES) + 1);
    sums.set(LAST_HX, terms.hx());
    sums.set(LAST_HY, terms.hy());
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(steps.state());
    state.put("sums", sums);
    return state;
  }

  /// Means since the epoch began, and the values of the last batch before its update.
  @Override
  public void figures(Figures out) {
    double updates = Math.max(1, sums.get(UPDATES));
    out.put(name + "_hx", sums.get(HX) / updates);
    out.put(name + "_hy", sums.get(HY) / updates);
    out.put(name + "_last_hx", sums.get(LAST_HX));
    out.put(name + "_last_hy", sums.get(LAST_HY));
  }
}
