package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Downloads published data sets; nothing else in Lamina opens the network.
///
/// A file is collected as `NAME.part`, which a later attempt goes on with (HTTP `Range`), and gets
/// its name only when size and SHA-256 are right. A cut connection is tried again, then the next
/// mirror. What is already there and right is not fetched again.
public final class Fetch {
  private static final int ATTEMPTS = 6;

  /// Hears how far a download is.
  public interface Progress {
    /// Called often while a file comes in.
    ///
    /// @param file the file; `file.bytes()` is its size
    /// @param done the bytes that are there
    void at(DataFile file, long done);
  }

  /// How to download.
  ///
  /// @param progress hears how far it is
  /// @param pause before a second attempt; then twice as long, and so on
  /// @param patience how long a server may send nothing
  record Manner(Progress progress, Duration pause, Duration patience) {}

  private final Manner manner;

  /// Downloads that tell `progress` how far they are.
  public Fetch(Progress progress) {
    this(new Manner(progress, Duration.ofMillis(500), Duration.ofSeconds(60)));
  }

  Fetch(Manner manner) {
    this.manner = manner;
  }

  /// Fetches all files of a set into `folder`, which is made if it is missing.
  ///
  /// @return the files
  /// @throws LaminaException if a file cannot be had, if what comes has a wrong size or sum (the
  ///   part is removed), or if it cannot be written
  public List<Path> fetch(Source source, Path folder) {
    List<Path> files = new ArrayList<>();
    try (HttpClient client = client()) {
      Files.createDirectories(folder);
      for (DataFile file : source.files()) {
        Path target = folder.resolve(file.name());
        if (!isRight(target, file)) {
          fetch(client, source, file, target);
        }
        files.add(target);
      }
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
    return files;
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  private void fetch(HttpClient client, Source source, DataFile file, Path target)
      throws IOException {
    StringBuilder reasons = new StringBuilder();
    for (URI from : file.from()) {
      Download download = new Download(client, from, file, target, manner);
      String reason = attempts(download, file);
      if (reason.isEmpty()) {
        AtomicFile.move(download.part(), target);
        return;
      }
      reasons.append("\n  ").append(from).append(": ").append(reason);
    }
    throw new LaminaException(
        file.name()
            + " of '"
            + source.name()
            + "' could not be fetched:"
            + reasons
            + "\nTry 'lamina data fetch "
            + source.name()
            + "' again later, or put the file into "
            + target.toAbsolutePath().getParent()
            + " yourself.");
  }

  /// Tries until the part is whole and right; else says why not.
  private String attempts(Download download, DataFile file) throws IOException {
    String reason = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        sleep(manner.pause().multipliedBy(1L << (attempt - 1)));
      }
      boolean resumed = Files.exists(download.part());
      Download.Outcome outcome = download.run();
      reason = outcome.reason();
      if (outcome.isWhole()) {
        if (isRight(download.part(), file)) {
          return "";
        }
        reason =
            "the file has a wrong SHA-256 sum: found "
                + Sha256.of(download.part())
                + ", expected "
                + file.sha256();
        Files.delete(download.part());
        if (resumed) {
          continue;
        }
      }
      if (!outcome.mayTryAgain()) {
        return reason;
      }
    }
    return reason;
  }

  private static boolean isRight(Path file, DataFile wanted) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == wanted.bytes()
        && Sha256.of(file).equals(wanted.sha256());
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// The error of a download that was stopped from outside.
  static LaminaException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new LaminaException("the download was interrupted; start it again to go on with it", e);
  }
}
