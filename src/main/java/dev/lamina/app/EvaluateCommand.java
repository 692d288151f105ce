package dev.lamina.app;

import dev.lamina.config.Evaluated;
import dev.lamina.config.StoredRun;
import dev.lamina.data.Split;
import dev.lamina.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lamina evaluate`: accuracies and confusion matrix of a trained network.
@Command(
    name = "evaluate",
    description =
        "Measures a trained network on its test set: accuracy, loss, top-5 accuracy, accuracy of"
            + " each class and confusion matrix. The figures are also added to the run's"
            + " result.json.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lamina evaluate runs/latest"})
final class EvaluateCommand implements Callable<Integer> {
  /// Above so many classes the confusion matrix is only written, not printed.
  private static final int WIDEST_MATRIX = 12;

  private static final Map<String, String> LABELS =
      Map.of(
          "test_accuracy", "Test accuracy",
          "test_top5_accuracy", "Among the best five",
          "unsupervised_train_accuracy", "Training accuracy without labels",
          "unsupervised_test_accuracy", "Test accuracy without labels");

  @Mixin private RunOption run = new RunOption();
  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  EvaluateCommand() {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec, false);
    StoredRun stored = run.find();
    Model model = stored.model(machine.kernels(Optional.empty()));
    Split data = run.data(stored, machine.places());
    int top = stored.highestTrained(model.network());
    boolean headless = top < model.network().blocks().size() - 1;
    int samples = data.test().size() + (headless ? data.train().size() : 0);
    Meter meter = new Meter(terminal, "evaluating", samples);
    Evaluated evaluated = Evaluated.of(model, data, top, meter::at);
    terminal.print(text(evaluated));
    if (run.ownData() && stored.addToResult(evaluated.result())) {
      terminal.print("\nAdded to " + stored.folder().resolve("result.json"));
    }
    return 0;
  }

  private static String text(Evaluated evaluated) {
    Table figures = new Table("lr");
    evaluated
        .figures()
        .forEach((name, value) -> {
          boolean percent = name.endsWith("accuracy");
          String form = percent ? "%.2f %%" : name.endsWith("loss") ? "%.4f" : "%.0f";
          figures.row(LABELS.getOrDefault(name, sentence(name)), form.formatted(value));
        });
    List<String> parts = new ArrayList<>();
    parts.add(figures.text());
    if (!evaluated.classes().isEmpty()) {
      parts.add(perClass(evaluated));
    }
    if (!evaluated.classes().isEmpty() && evaluated.classes().size() <= WIDEST_MATRIX) {
      parts.add(confusion(evaluated));
    }
    return String.join("\n\n", parts);
  }

  private static String sentence(String name) {
    String words = name.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String perClass(Evaluated evaluated) {
    Table table = new Table("lr").row("Class", "accuracy");
    for (int c = 0; c < evaluated.classes().size(); c++) {
      double share = evaluated.perClass()[c];
      table.row(
          evaluated.classes().get(c), Double.isNaN(share) ? "none" : "%.2f %%".formatted(share));
    }
    return table.text();
  }

  /// Rows are true classes, columns what the network says.
  private static String confusion(Evaluated evaluated) {
    List<String> classes = evaluated.classes();
    Table table = new Table("l" + "r".repeat(classes.size()));
    List<String> head = new ArrayList<>(List.of("True, taken for"));
    classes.forEach(name -> head.add(name.length() > 6 ? name.substring(0, 6) : name));
    table.row(head.toArray());
    for (int c = 0; c < classes.size(); c++) {
      List<Object> row = new ArrayList<>(List.of(classes.get(c)));
      for (int count : evaluated.confusion()[c]) {
        row.add(count);
      }
      table.row(row.toArray());
    }
    return table.text();
  }
}
