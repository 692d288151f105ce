package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Window;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Parameter;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The classifier of `LayerWise` on activities of one shape: its loss and the gradients of that.
///
/// ```
/// f = flatten(pool(z))        u = f Pᵀ + b         loss = cross-entropy(u, y),  D = dloss/du
/// dP = Dᵀ f     db = Σ D      df = D V             V = P, or B with fixed feedback
/// dz = poolᵀ(df)
/// ```
///
/// `z` `[m, h, w, c]` or `[m, features]`, `f` `[m, d]`, `P`, `B` `[classes, d]`, `b` `[classes]`,
/// `u`, `D` `[m, classes]`. Memory is made when a tensor `z` is first seen; a step on the same
/// tensors allocates nothing.
///
/// Source: `specs/phsic.md`, section 10.
public final class LocalClassifier {
  private final Kernels k;
  private final boolean fixed;
  private final Shape pooled;
  private final Parameter p;
  private final Parameter b;
  private final Parameter feedback;
  private final Tensor figures;
  private final List<Batch> batches = new ArrayList<>();
  private Batch batch;

  /// A classifier with zero weights.
  ///
  /// @param z shape of an activity, `[h, w, c]` or `[features]`
  /// @param classes number of classes
  public LocalClassifier(LayerWise rule, Shape z, DType type, int classes, Kernels kernels) {
    this.k = kernels;
    this.fixed = rule.feedback() == LayerWise.Feedback.FIXED;
    this.pooled = rule.features(z);
    Layout layout = pooled.rank() == 3 ? new Layout.Flattened(pooled) : Layout.same();
    Shape weights = Shape.of(classes, pooled.size());
    this.p = new Parameter("weight", type, weights, layout);
    this.b = new Parameter("bias", type, Shape.of(classes), Layout.same());
    this.feedback = new Parameter("feedback", type, weights, layout);
    this.figures = Tensor.zeros(type, 2);
    this.batch = new Batch(Tensor.zeros(type, z.batch(0)));
  }

  /// Draws weights, bias and feedback from `stream.weight`, `stream.bias`, `stream.feedback`.
  public void draw(Draws draws, String stream) {
    for (Parameter drawn : List.of(p, b, feedback)) {
      new Initializer.FanIn()
          .fill(drawn.value(), pooled.size(), draws, k, stream + "." + drawn.name());
    }
  }

  /// What is trained: P and b.
  public List<Parameter> parameters() {
    return List.of(p, b);
  }

  /// B, which is never trained.
  public Parameter feedback() {
    return feedback;
  }

  /// Everything that a checkpoint must hold.
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (Parameter owned : fixed ? List.of(p, b, feedback) : List.of(p, b)) {
      state.put(owned.name(), owned.value());
    }
    return state;
  }

  /// The loss of a batch.
  ///
  /// @param z activities `[m, ...]`
  /// @param y labels I32 `[m]`
  public double loss(Tensor z, Tensor y) {
    batch = batchOf(z);
    if (batch.map != null) {
      k.maps().regionMeans(batch.map, z); //                           f = pool(z)
    }
    k.project(batch.u, batch.f, p.value(), Window.DENSE); //           u = f Pᵀ
    k.combineColumns(batch.u, batch.u, b.value(), Operation.ADD); //       + b
    k.crossEntropy(figures, batch.d, batch.u, y, 0); //                D
    return figures.get(0);
  }

  /// The gradients of the last loss: of the parameters, and of `z`.
  ///
  /// @param dz like `z`
  public void gradient(Tensor dz) {
    k.correlate(p.gradient(), batch.d, batch.f, Window.DENSE, 0); //   dP = Dᵀ f
    k.columnSums(b.gradient(), batch.d); //                            db = Σ D
    Tensor v = fixed ? feedback.value() : p.value();
    if (batch.map == null) {
      k.transport(dz, batch.d, v, Window.DENSE, 0); //                 dz = D V
    } else {
      k.transport(batch.f, batch.d, v, Window.DENSE, 0); //            df = D V
      k.maps().regionMeansBackward(dz, batch.map); //                  dz = poolᵀ(df)
    }
  }

  /// f of the last loss until its gradient is asked for, `[m, d]`.
  public Tensor features() {
    return batch.f;
  }

  /// u of the last loss, `[m, classes]`.
  public Tensor logits() {
    return batch.u;
  }

  private Batch batchOf(Tensor z) {
    for (int i = 0; i < batches.size(); i++) {
      if (batches.get(i).z == z) {
        return batches.get(i);
      }
    }
    Batch made = new Batch(z);
    batches.add(made);
    return made;
  }

  /// Memory for one tensor of activities.
  private final class Batch {
    final Tensor z;

    /// f, and after that df; the activities themselves if they are features.
    final Tensor f;

    /// The same numbers as `[m, h', w', c]`; null if the activities are features.
    final @Nullable Tensor map;

    final Tensor u;
    final Tensor d;

    Batch(Tensor z) {
      int m = z.axis(0);
      this.z = z;
      this.map = pooled.rank() == 3 ? Tensor.zeros(z.type(), pooled.batch(m)) : null;
      this.f = map == null ? z : map.reshape(m, pooled.size());
      this.u = Tensor.zeros(z.type(), m, b.value().size());
      this.d = Tensor.zeros(z.type(), m, b.value().size());
    }
  }
}
