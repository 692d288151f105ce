package dev.lamina.analyze;

import java.util.List;

/// Pictures that follow one another in a browser: one HTML file that needs no other.
///
/// It plays by itself, without end; a slider goes to any picture, a button halts.
public final class Animation {
  private Animation() {}

  /// The file's text.
  ///
  /// @param frames SVG texts of one size
  /// @param milliseconds that each is shown
  public static String html(String title, List<String> frames, int milliseconds) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>");
    page.append(title.replace("&", "&amp;").replace("<", "&lt;"));
    page.append("</title>\n<style>.frame { display: none } .shown { display: block }</style>\n");
    for (String frame : frames) {
      page.append("<div class=\"frame\">\n").append(frame).append("</div>\n");
    }
    page.append(
        """
        <button id="halt">halt</button>
        <input id="at" type="range" min="0" max="%d" value="0" style="width: 30em">
        <script>
        const frames = document.querySelectorAll('.frame'), at = document.getElementById('at');
        const halt = document.getElementById('halt');
        let playing = true;
        function show() {
          frames.forEach((f, i) => f.classList.toggle('shown', i == at.value));
        }
        halt.onclick = () => {
          playing = !playing;
          halt.textContent = playing ? 'halt' : 'play';
        };
        at.oninput = show;
        setInterval(() => {
          if (playing) {
            at.value = (+at.value + 1) %% frames.length;
            show();
          }
        }, %d);
        show();
        </script>
        </html>
        """
            .formatted(frames.size() - 1, milliseconds));
    return page.toString();
  }
}
