package org.thalweg.video;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.video.film.FilmOptions;

/**
 * A frame for a notebook or a report. In a notebook, Java kernels show the HTML:
 *
 * <pre>{@code
 * display("text/html", FrameView.of(frame).toHtml()); // rapaio-jupyter-kernel
 * display(FrameView.of(frame).toHtml(), "text/html"); // JJava
 * }</pre>
 *
 * @param frame the frame
 * @param options style, size and colours of its picture
 * @since 0.2.0
 */
public record FrameView(Frame frame, FilmOptions options) {

    private static final FilmOptions PICTURE = FilmOptions.DEFAULT.withSize(960, 540);

    /** With a picture of 960 x 540 pixels. */
    public static FrameView of(Frame frame) {
        return new FrameView(frame, PICTURE);
    }

    /** The picture, as the content of a PNG file. */
    public byte[] toPng() {
        try {
            return RunFilm.of("iteration " + frame.iteration(), List.of(frame), options)
                    .toPng(0);
        } catch (IOException e) {
            throw new IllegalStateException("a frame in memory is drawn without files", e);
        }
    }

    /** The picture and, below it, the numbers: an element that needs no other file. */
    public String toHtml() {
        StringBuilder html = new StringBuilder("<figure><img alt=\"loss surface at iteration ")
                .append(frame.iteration())
                .append("\" width=\"")
                .append(options.width())
                .append("\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(toPng()))
                .append("\"><figcaption><table>");
        row(html, "iteration", String.valueOf(frame.iteration()));
        row(html, "epoch", String.valueOf(frame.epoch()));
        row(html, "loss", number(frame.loss()));
        frame.accuracy().ifPresent(accuracy -> row(html, "accuracy", number(accuracy) + " %"));
        row(html, "&lambda;<sub>max</sub>", eigenvalue(frame.curvature().lambdaMax()));
        row(html, "&lambda;<sub>min</sub>", eigenvalue(frame.curvature().lambdaMin()));
        return html.append("</table></figcaption></figure>").toString();
    }

    private static void row(StringBuilder html, String name, String value) {
        html.append("<tr><th>").append(name).append("</th><td>").append(value).append("</td></tr>");
    }

    private static String eigenvalue(Optional<Eigenvalue> found) {
        return found.map(value -> number(value.value()) + " &plusmn; "
                        + String.format(Locale.ROOT, "%.1e", value.residual())
                        + (value.converged() ? "" : " (not converged)"))
                .orElse("none");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
