package dev.lamina.config;

import dev.lamina.data.Dataset;
import dev.lamina.data.Split;
import dev.lamina.kernel.Competition;
import dev.lamina.model.Model;
import dev.lamina.network.Block;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.rule.plasticity.NeuronLabels;
import dev.lamina.rule.plasticity.SoftHebb;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.train.Accuracy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/// How right a trained network is on a test set.
///
/// @param classes names of the classes
/// @param figures by the names that they have in `result.json`: accuracies in percent, mean loss
/// @param perClass accuracy of each true class in percent
/// @param confusion how many samples of each true class (row) were taken for each class (column)
@SuppressWarnings("ArrayRecordComponent")
public record Evaluated(
    List<String> classes, Map<String, Double> figures, double[] perClass, int[][] confusion) {
  /// Shows the test set to a model. Where nothing was trained above `top`, and that block learned
  /// without labels, its neurons are named after the classes of the training set and answer.
  ///
  /// @param top position of the highest block that was trained
  /// @param progress hears how many samples were seen
  /// @throws LaminaException if the data do not fit the network, or nothing gives a class
  public static Evaluated of(Model model, Split data, int top, IntConsumer progress) {
    Network network = model.network();
    if (top < network.blocks().size() - 1) {
      return byNeurons(model, data, top, progress);
    }
    Rule rule = network.blocks().get(top).rule();
    List<Evaluation> own = rule.evaluations(network, top);
    return own.isEmpty() || rule.reach() == Reach.ALL
        ? byOutput(model, data.test(), progress)
        : byRule(model, data, own, progress);
  }

  /// What the rule of the last block measures, here by running statistics: a training that measured
  /// by those of batches has other figures, which stay in its result.
  private static Evaluated byRule(
      Model model, Split data, List<Evaluation> own, IntConsumer progress) {
    Figures figures = new Figures();
    for (Evaluation e : own) {
      if (e.needsTraining()) {
        show(model, data.train(), e, true, done -> {});
      }
      show(model, data.test(), e, false, progress);
      e.report(figures);
    }
    Map<String, Double> named = new LinkedHashMap<>();
    figures.values().forEach((name, value) -> named.put("running_" + name, value));
    return new Evaluated(List.of(), named, new double[0], new int[0][]);
  }

  private static Evaluated byOutput(Model model, Dataset test, IntConsumer progress) {
    Shape output = model.network().output();
    if (output.rank() != 1 || test.classes().size() != output.size()) {
      throw new LaminaException(
          "'"
              + test.name()
              + "' has "
              + test.classes().size()
              + " classes, but the network's output is "
              + output
              + "; take the data set that it was trained on");
    }
    Accuracy accuracy = new Accuracy(model.network().loss(), output.size());
    show(model, test, accuracy, false, progress);
    Figures figures = new Figures();
    accuracy.report(figures);
    figures.put("test_top5_accuracy", accuracy.topFiveAccuracy());
    return new Evaluated(
        test.classes(), figures.values(), accuracy.classAccuracies(), accuracy.confusion());
  }

  private static Evaluated byNeurons(Model model, Split data, int top, IntConsumer progress) {
    Block block = model.network().blocks().get(top);
    Optional<Competition> competition =
        block.rule() instanceof SoftHebb rule && block.output().rank() == 1
            ? rule.competition()
            : Optional.empty();
    if (competition.isEmpty()) {
      throw new LaminaException(
          "block '"
              + block.name()
              + "' is the highest that was trained, and it gives no classes; train the blocks above"
              + " it, or write its output with 'lamina features'");
    }
    Dataset train = data.train();
    NeuronLabels labels = new NeuronLabels(top, train.classes().size(), competition.get());
    show(model, train, labels, true, progress);
    show(model, data.test(), labels, false, done -> progress.accept(train.size() + done));
    Figures figures = new Figures();
    labels.report(figures);
    return new Evaluated(List.of(), figures.values(), new double[0], new int[0][]);
  }

  private static void show(
      Model model, Dataset data, Evaluation e, boolean training, IntConsumer progress) {
    int[] done = {0};
    model.forEachBatch(
        data,
        pass -> {
          e.observe(pass, training);
          done[0] += pass.size();
          progress.accept(done[0]);
        });
  }

  /// Everything for `result.json`.
  public Map<String, Object> result() {
    Map<String, Object> result = new LinkedHashMap<>(figures);
    if (classes.isEmpty()) {
      return result;
    }
    Map<String, Object> byName = new LinkedHashMap<>();
    for (int c = 0; c < perClass.length; c++) {
      byName.put(classes.get(c), perClass[c]);
    }
    result.put("test_class_accuracy", byName);
    result.put(
        "test_confusion",
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList());
    return result;
  }
}
