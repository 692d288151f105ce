package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folders in which data sets are looked for, in their order.
///
/// @param places each with the reason why it is looked into
public record DataPlaces(List<Place> places) {

  /// One folder; it need not exist.
  ///
  /// @param why what names it, for example `--data`
  /// @param folder holds a set in a folder of the set's name, or directly
  public record Place(String why, Path folder) {}

  /// Copies the list.
  public DataPlaces {
    places = List.copyOf(places);
  }

  /// The usual order: `LAMINA_DATA`, the cache folder, the bundled MNIST.
  public static DataPlaces usual() {
    List<Place> places = new ArrayList<>();
    String variable = System.getenv("LAMINA_DATA");
    if (variable != null && !variable.isBlank()) {
      places.add(new Place("LAMINA_DATA", Path.of(variable)));
    }
    places.add(new Place("cache", cache()));
    places.add(new Place("bundled", bundled()));
    return new DataPlaces(places);
  }

  /// The usual order after the folder that the user named (`--data`).
  ///
  /// @throws LaminaException if `data` is not a folder
  public static DataPlaces usual(Path data) {
    if (!Files.isDirectory(data)) {
      throw new LaminaException(
          "--data " + data + " is not a folder; name the folder that holds the data sets");
    }
    List<Place> places = new ArrayList<>();
    places.add(new Place("--data", data));
    places.addAll(usual().places());
    return new DataPlaces(places);
  }

  /// The folder for what is fetched: `$XDG_CACHE_HOME/lamina`, else `~/.cache/lamina`.
  public static Path cache() {
    String variable = System.getenv("XDG_CACHE_HOME");
    Path base =
        variable == null || variable.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(variable);
    return base.resolve("lamina");
  }

  /// The folder that comes with the program: `lib/lamina/data` of the stand-alone image, else
  /// `data` in the working folder, which is right in a clone of the repository.
  static Path bundled() {
    Path inImage = Path.of(System.getProperty("java.home"), "lib", "lamina", "data");
    return Files.isDirectory(inImage) ? inImage : Path.of("data");
  }
}
