package dev.lamina.rule.transport;

import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.tensor.Tensor;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// The way of an error down through a block: each projection has a path of its own.
final class Way implements ErrorPath {
  private final IdentityHashMap<Projection, ErrorPath> paths;
  private final @Nullable Clip clip;
  private final Way shortcut;

  /// @param paths by projection, compared by identity
  /// @param clip what holds the errors that are sent down, or null
  Way(IdentityHashMap<Projection, ErrorPath> paths, @Nullable Clip clip) {
    this.paths = new IdentityHashMap<>(paths);
    this.clip = clip;
    this.shortcut = new Way(this);
  }

  /// The way through the shortcuts of residual layers, and through those inside of them.
  private Way(Way body) {
    this.paths = new IdentityHashMap<>(body.paths);
    paths.replaceAll((projection, path) -> path.ofShortcut());
    this.clip = body.clip;
    this.shortcut = this;
  }

  private ErrorPath of(Projection p) {
    ErrorPath path = paths.get(p);
    return path == null ? ErrorPath.TRANSPOSE : path;
  }

  @Override
  public Tensor matrix(Projection p, Site s) {
    return of(p).matrix(p, s);
  }

  @Override
  public void send(Site s, Projection p, Tensor gx, Tensor d) {
    of(p).send(s, p, gx, d);
    if (clip != null) {
      clip.hold(gx);
    }
  }

  @Override
  public ErrorPath ofShortcut() {
    return shortcut;
  }
}
