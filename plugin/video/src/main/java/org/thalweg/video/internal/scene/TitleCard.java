package org.thalweg.video.internal.scene;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.color.Srgb;
import org.thalweg.video.internal.raster.Picture;
import org.thalweg.video.internal.text.TextStyle;
import org.thalweg.video.internal.text.TextStyle.Anchor;

/** A few centred lines over a darkened scene. Immutable. */
record TitleCard(String title, List<String> lines) {

    private static final double TITLE = 3;
    private static final double LINE = 1.35;
    private static final double VEIL = 0.88;

    TitleCard {
        lines = List.copyOf(lines);
    }

    /** Says what the film shows. */
    static TitleCard opening(FrameSource frames, List<FrameNumbers> numbers) {
        List<String> lines = new ArrayList<>();
        lines.add("the loss landscape around the minimizer");
        FrameNumbers first = numbers.get(0);
        FrameNumbers last = numbers.get(numbers.size() - 1);
        lines.add(String.format(
                Locale.ROOT,
                "%d %s, iterations %,d to %,d",
                numbers.size(),
                numbers.size() == 1 ? "frame" : "frames",
                first.iteration(),
                last.iteration()));
        if (!frames.subject().isEmpty()) {
            lines.add(frames.subject());
        }
        return new TitleCard(frames.title(), lines);
    }

    /** Says how the numbers changed from the first frame to the last. */
    static TitleCard closing(FrameSource frames, List<FrameNumbers> numbers) {
        List<String> lines = new ArrayList<>();
        change("loss", numbers, moment -> Optional.of(Ticks.label(moment.loss(), 4)))
                .ifPresent(lines::add);
        change(
                        "accuracy",
                        numbers,
                        moment -> moment.accuracy().isPresent()
                                ? Optional.of(String.format(
                                        Locale.ROOT,
                                        "%.1f %%",
                                        moment.accuracy().getAsDouble()))
                                : Optional.empty())
                .ifPresent(lines::add);
        change("\u03BB max", numbers, moment -> moment.curvature().lambdaMax().map(TitleCard::eigenvalue))
                .ifPresent(lines::add);
        change("\u03BB min", numbers, moment -> moment.curvature().lambdaMin().map(TitleCard::eigenvalue))
                .ifPresent(lines::add);
        return new TitleCard(frames.title(), lines);
    }

    private static String eigenvalue(Eigenvalue value) {
        return (value.converged() ? "" : "~ ") + Ticks.label(value.value(), 4);
    }

    private static Optional<String> change(
            String name, List<FrameNumbers> numbers, Function<FrameNumbers, Optional<String>> number) {
        Optional<String> from = number.apply(numbers.get(0));
        Optional<String> to = number.apply(numbers.get(numbers.size() - 1));
        return from.flatMap(before -> to.map(after -> name + ": " + before + " to " + after));
    }

    /** Draws the card over a picture with an opacity from 0 to 1. */
    void draw(Picture picture, Theme theme, double opacity) {
        Pen.on(picture, theme, pen -> {
            pen.fill(new Rectangle2D.Double(0, 0, picture.width(), picture.height()), theme.bottom(), VEIL * opacity);
            TextStyle heading = faded(pen.bold().scaled(TITLE), theme, opacity);
            TextStyle line = faded(pen.text().scaled(LINE), theme, opacity);
            double room = picture.width() - pen.px(160);
            double height = heading.size() + lines.size() * 1.9 * line.size();
            double y = (picture.height() - height) / 2 + heading.size();
            double middle = picture.width() / 2.0;
            heading.write(pen.graphics(), heading.fitted(title, room), middle, y, Anchor.CENTER);
            for (String text : lines) {
                y += 1.9 * line.size();
                line.write(pen.graphics(), line.fitted(text, room), middle, y, Anchor.CENTER);
            }
        });
    }

    private static TextStyle faded(TextStyle lettering, Theme theme, double opacity) {
        return lettering.in(Srgb.mix(theme.bottom(), lettering.color(), opacity));
    }
}
