package dev.lamina.app;

import dev.lamina.config.Json;
import dev.lamina.config.StoredRun;
import dev.lamina.data.Images;
import dev.lamina.model.Model;
import dev.lamina.model.Prediction;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina predict`: the classes of pictures.
@Command(
    name = "predict",
    description =
        "Names the class of each picture (PNG, JPEG), with the three best and their probabilities."
            + " A picture is resized to the network's input and made grey or coloured as it needs;"
            + " MNIST's digits are white on black.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina predict runs/latest digit.png",
      "  lamina predict runs/latest *.png --json"
    })
final class PredictCommand implements Callable<Integer> {
  private static final int BEST = 3;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run directory, runs/latest, or a checkpoint file.")
  private Path run = Path.of("runs/latest");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "Pictures.")
  private List<Path> images = new ArrayList<>();

  @Option(names = "--json", description = "Prints one JSON object a line, for programs.")
  private boolean json;

  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  PredictCommand() {}

  @Override
  public Integer call() {
    Model model = StoredRun.find(run).model(machine.kernels(Optional.empty()));
    Shape input = model.network().input();
    if (input.rank() != 3 || (input.axis(2) != 1 && input.axis(2) != 3)) {
      throw new LaminaException(
          "the network of '" + run + "' reads samples of " + input + ", which are no pictures");
    }
    float[][] probabilities = model.predictProbabilities(Images.read(images, input));
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < probabilities.length; i++) {
      Prediction prediction = Prediction.of(probabilities[i], model.classes());
      out.println(json ? json(images.get(i), prediction) : line(images.get(i), prediction));
    }
    out.flush();
    return 0;
  }

  private static String line(Path image, Prediction prediction) {
    StringBuilder text = new StringBuilder(image + ": ");
    text.append(prediction.top().name());
    List<String> best =
        prediction.best(BEST).stream()
            .map(c -> "%s %.1f %%".formatted(c.name(), 100 * c.probability()))
            .toList();
    return text.append("  (").append(String.join(", ", best)).append(')').toString();
  }

  private static String json(Path image, Prediction prediction) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("image", image.toString());
    line.put("class", prediction.top().name());
    line.put("probability", prediction.top().probability());
    line.put("best", prediction.best(BEST).stream().map(PredictCommand::map).toList());
    return Json.line(line);
  }

  private static Map<String, Object> map(Prediction.Candidate candidate) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("class", candidate.name());
    map.put("probability", candidate.probability());
    return map;
  }
}
