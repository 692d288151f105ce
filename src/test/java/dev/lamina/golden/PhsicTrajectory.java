package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Layout;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the cases `ph_mlp_*` and `ph_conv_*` are computed: a network that learns from recorded
/// batches with recorded masks.
final class PhsicTrajectory {
  private static final String PHASE = "phase";

  private final GoldenCase c;
  private final Params p;
  private final PhsicNetwork description;
  private final int[] batches;
  private final Tensor x;
  private final Network network;
  private final NetworkLearner learner;

  private PhsicTrajectory(GoldenCase c) {
    this.c = c;
    this.p = c.params();
    this.description = new PhsicNetwork(p);
    this.batches = p.integers("batches");
    this.x = c.map("x");
    this.network =
        SoftHebbNetworks.build(c, x.shape().sample(), description.blocks(), p.integer("classes"));
    this.learner = new NetworkLearner(network, phase(), 0, x.axis(0), c.kernels(), draws());
    names().forEach((name, tensor) -> SoftHebbNetworks.set(network, tensor, c.in("th." + name)));
    owned().forEach((name, at) -> at.set(c.in("th." + name)));
  }

  static void compute(GoldenCase c) {
    new PhsicTrajectory(c).run();
  }

  private Phase phase() {
    List<String> learning = new ArrayList<>();
    for (int l = 1; l <= description.hiddenBlocks(); l++) {
      learning.add(PhsicNetwork.hidden(l));
    }
    learning.add(PhsicNetwork.OUTPUT);
    List<String> milestones =
        Arrays.stream(p.integers("milestones")).mapToObj(Integer::toString).toList();
    Settings schedule =
        Settings.empty().with("milestones", milestones).with("gamma", p.number("lr_gamma"));
    return new Phase(
        PHASE,
        learning,
        batches.length / p.integer("steps_per_epoch") + 1,
        Arrays.stream(batches).max().orElseThrow(),
        false,
        false,
        description.optimizer(),
        p.object("opt_final").number("lr"),
        new Described("multistep", schedule),
        EvaluationPlan.EVERY_EPOCH);
  }

  /// The masks; what else is drawn is set from the file afterwards.
  private Draws draws() {
    Map<String, List<Tensor>> masks = new HashMap<>();
    for (int l = 1; l <= description.hiddenBlocks(); l++) {
      Tensor mask = c.map("mask" + l);
      Shape step = mask.shape().sample();
      List<Tensor> perStep = new ArrayList<>();
      for (int k = 0; k < batches.length; k++) {
        perStep.add(mask.rows(k, k + 1).reshape(step).rows(0, batches[k]));
      }
      masks.put(PHASE + "." + description.dropout(l), perStep);
    }
    return new RecordedMasks(new RecordedDraws(masks), new Philox(0, c.kernels()));
  }

  /// Names in the file, and the network's tensors that they stand for.
  private Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (int l = 1; l <= description.hiddenBlocks(); l++) {
      String block = PhsicNetwork.hidden(l) + ".";
      names.put("w" + l, block + description.projection(l) + ".weight");
      if (p.flag("bn")) {
        names.put("g" + l, block + "batch-norm.weight");
        names.put("b" + l, block + "batch-norm.bias");
        names.put("rm" + l, block + "batch-norm.running-mean");
        names.put("rv" + l, block + "batch-norm.running-variance");
      }
    }
    names.put("wo", PhsicNetwork.OUTPUT + ".dense.weight");
    names.put("bo", PhsicNetwork.OUTPUT + ".dense.bias");
    return names;
  }

  /// A tensor that a rule owns, and its layout outside.
  private record Owned(Tensor tensor, Layout layout) {
    void set(Tensor outside) {
      tensor.copyFrom(layout.toInside(outside, tensor.shape()));
    }

    Tensor get() {
      return layout.toOutside(tensor);
    }
  }

  /// Names in the file, and what they stand for in the state of rules.
  private Map<String, Owned> owned() {
    Map<String, Tensor> state = learner.state();
    Map<String, Owned> owned = new LinkedHashMap<>();
    for (int l = 1; l <= description.hiddenBlocks(); l++) {
      String rule = PhsicNetwork.hidden(l) + ".rule.";
      if (c.hasIn("th.pw" + l)) {
        Layout features = features(l);
        owned.put("pw" + l, new Owned(state.get(rule + "classifier.weight"), features));
        owned.put("pb" + l, new Owned(state.get(rule + "classifier.bias"), Layout.same()));
      }
      if (c.hasIn("th.pfb" + l)) {
        owned.put("pfb" + l, new Owned(state.get(rule + "classifier.feedback"), features(l)));
      }
      if (c.hasIn("th.fb" + l)) {
        String kind = description.projection(l);
        Layout layout = network.blocks().get(l - 1).projection().weight().layout();
        owned.put("fb" + l, new Owned(state.get(rule + kind + ".feedback"), layout));
      }
    }
    if (c.hasIn("th.fbo")) {
      Tensor feedback = state.get(PhsicNetwork.OUTPUT + ".rule.dense.feedback");
      owned.put("fbo", new Owned(feedback, Layout.same()));
    }
    return owned;
  }

  /// How the features of a local classifier lie outside: as those of a pooled map.
  private Layout features(int l) {
    if (!description.isConvolution(l)) {
      return Layout.same();
    }
    int channels = description.width(l);
    int cells = p.integer("proj") / channels;
    int width = (int) Math.sqrt(cells);
    return new Layout.Flattened(Shape.of(cells / width, width, channels));
  }

  private void run() {
    Dataset data = SoftHebbNetworkCases.dataset(c, x.reshape(x.shape().batch(1)), c.in("y"));
    int[] order = Arrays.stream(c.in("order").toDoubles()).mapToInt(i -> (int) i).toArray();
    int columns = description.isLocal() ? description.hiddenBlocks() + 1 : 1;
    Tensor losses = c.zeros(batches.length, columns);
    int at = 0;
    for (int k = 0; k < batches.length; k++) {
      learner.startEpoch();
      learner.step(data, order, at, batches[k], k / p.integer("steps_per_epoch"), k);
      at += batches[k];
      takeLosses(losses.rows(k, k + 1));
      checkValues("." + (k + 1));
    }
    c.check("losses", losses);
    evaluate();
  }

  private void takeLosses(Tensor row) {
    Figures figures = new Figures();
    learner.figures(figures);
    Map<String, Double> values = figures.values();
    for (int l = 1; l < row.size(); l++) {
      row.set(l - 1, values.get(PhsicNetwork.hidden(l) + "_loss"));
    }
    row.set(row.size() - 1, values.get("train_loss"));
  }

  private void checkValues(String step) {
    names()
        .forEach((name, tensor) -> {
          if (c.hasOut(name + step)) {
            c.check(name + step, SoftHebbNetworks.get(network, tensor));
          }
        });
    owned()
        .forEach((name, at) -> {
          if (c.hasOut(name + step)) {
            c.check(name + step, at.get());
          }
        });
  }

  private void evaluate() {
    int last = network.blocks().size() - 1;
    Pass.Extent all = new Pass.Extent(0, last, x.axis(0));
    Pass pass = new Pass(network, c.kernels(), new Philox(0, c.kernels()), all, "evaluation");
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
    pass.evaluate(0, last);
    c.check("eval_logits", pass.output());
  }

  /// Recorded masks; all else is drawn, since it is set from the file before it is used.
  private record RecordedMasks(RecordedDraws masks, Draws others) implements Draws {
    @Override
    public void uniform(Tensor out, String stream, long step) {
      others.uniform(out, stream, step);
    }

    @Override
    public void normal(Tensor out, String stream, long step) {
      others.normal(out, stream, step);
    }

    @Override
    public void keep(Tensor mask, double p, String stream, long step) {
      masks.keep(mask, p, stream, step);
    }

    @Override
    public void permutation(Tensor out, String stream, long step) {
      others.permutation(out, stream, step);
    }
  }
}
