package dev.lamina.rule.plasticity;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Tap;
import dev.lamina.optim.Schedule;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `SoftHebb` at work on one block; the letters are those of its equations.
public final class SoftHebbLearning implements Learning {
  private final SoftHebb rule;
  private final Kernels k;
  private final int block;
  private final Block home;
  private final Projection projection;
  private final int groups;
  private final @Nullable Schedule schedule;
  private final @Nullable HebbianBias bias;
  private final Tensor w;
  private final Tensor delta;
  private final Tensor c;
  private final Tensor most;
  private final Tensor norms;
  private final Tensor eta;
  private final Tensor untrained;
  private final Tensor wins;

  SoftHebbLearning(SoftHebb rule, Network network, int block, Plan plan, Kernels kernels) {
    this.rule = rule;
    this.k = kernels;
    this.block = block;
    this.home = network.blocks().get(block);
    this.projection = home.projection();
    this.groups = projection.window().groups();
    this.w = projection.weight().value();
    int outputs = w.axis(0);
    checkRank(outputs / groups);
    this.schedule = rule.rate() instanceof Rate.Scheduled s ? s.schedule().apply(plan) : null;
    this.delta = Tensor.zeros(w.type(), w.shape());
    this.c = Tensor.zeros(w.type(), outputs);
    this.most = Tensor.zeros(w.type(), groups);
    this.norms = Tensor.zeros(w.type(), outputs);
    this.eta = Tensor.zeros(w.type(), outputs);
    this.untrained = eta.rows(rule.trained() == 0 ? outputs : rule.trained(), outputs);
    this.wins = Tensor.zeros(w.type(), 4, outputs);
    Parameter b = ((Conv2d) projection).bias();
    this.bias =
        b == null || rule.competition().isEmpty()
            ? null
            : new HebbianBias(b.value(), rule.competition().get(), w.shape().rank() > 2);
    restored();
  }

  private void checkRank(int neurons) {
    if (rule.competition().isPresent() && rule.competition().get().rank() > neurons) {
      throw new LaminaException(
          "block '"
              + home.name()
              + "': the rank "
              + rule.competition().get().rank()
              + " of the competition exceeds its "
              + neurons
              + " neurons; choose a smaller rank");
    }
  }

  @Override
  public Tap upTo() {
    return Tap.U;
  }

  @Override
  public void learn(Pass pass) {
    Tensor x = pass.tap(block, Tap.X);
    Tensor u = pass.tap(block, Tap.U);
    Tensor y = pass.scratch(block, "y", u.shape());
    compete(pass, y, u); //                                              y,  c = Σ y u
    k.correlate(delta, y, x, projection.window(), 0); //                 Δ = Σ y xᵀ
    k.subtractScaledRows(delta, c, w); //                                  - diag(c) W
    k.largest(most, delta); //                                           max|Δ|
    requireFinite(pass);
    rate(pass.update());
    k.addScaledRows(w, eta, delta, most); //                             W += η Δ / max|Δ|
    if (bias != null) {
      bias.learn(k, y, eta, pass.size());
    }
    measure();
  }

  private void compete(Pass pass, Tensor y, Tensor u) {
    if (rule.competition().isPresent()) {
      Competition how = rule.competition().get();
      k.compete(y, c, wins, u, how, groups);
      return;
    }
    k.oneHot(y, pass.labels());
    Tensor yu = pass.scratch(block, "yu", u.shape());
    k.combine(yu, y, u, Operation.MULTIPLY);
    k.columnSums(c, yu);
  }

  /// Sets η for the coming change; the norm-dependent form was set after the last one.
  private void rate(long update) {
    if (schedule != null && rule.rate() instanceof Rate.Scheduled s) {
      k.fill(eta, schedule.rate(s.base(), 0, update));
      k.fill(untrained, 0);
    }
  }

  private void measure() {
    if (rule.rate() instanceof Rate.NormDependent r) {
      k.rowNorms(norms, w, projection.order());
      k.normDependentRate(eta, norms, r.base(), r.power());
      k.fill(untrained, 0);
    }
  }

  private void requireFinite(Pass pass) {
    for (int g = 0; g < groups; g++) {
      if (!Double.isFinite(most.get(g))) {
        throw new LaminaException(
            "NaN or infinity in the weight change of block '"
                + home.name()
                + "' at update "
                + pass.update()
                + " of epoch "
                + pass.epoch()
                + "; lower its rate or check the input data");
      }
    }
  }

  /// The change Δ of the last batch before it was divided by its maximum, shape of W.
  public Tensor delta() {
    return delta;
  }

  /// The largest |Δ| of the last batch, `[groups]`.
  public Tensor most() {
    return most;
  }

  /// The rates η `[out]` of the coming change in the norm-dependent form, of the last one else.
  public Tensor eta() {
    return eta;
  }

  /// The change of the bias by the last batch before it was divided by its maximum, if there is
  /// one.
  public Optional<Tensor> biasDelta() {
    return Optional.ofNullable(bias).map(HebbianBias::change);
  }

  /// Who won since the phase began, `[4, out]`, as `Kernels.compete` counts.
  public Tensor wins() {
    return wins;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of("wins", wins);
  }

  @Override
  public void restored() {
    measure();
  }

  @Override
  public void figures(Figures out) {
    WeightStatistics s = WeightStatistics.of(w, projection.order());
    out.put(home.name() + "_convergence", s.convergence());
    out.put(home.name() + "_unit_norms", s.unitNorms());
    double share = 0;
    double total = 0;
    for (int o = 0; o < wins.axis(1); o++) {
      total += wins.get(o);
      share += wins.get(2 * wins.axis(1) + o);
    }
    out.put(home.name() + "_winner_share", total == 0 ? 0 : share / total);
  }
}
