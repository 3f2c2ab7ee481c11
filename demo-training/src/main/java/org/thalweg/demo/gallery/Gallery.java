package org.thalweg.demo.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thalweg.demo.Comparison;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.frame.Frame;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.scene.RunFrames;

/**
 * Surfaces of six kinds of networks in one picture, on the same images, the same kind of plane and one logarithmic scale, as in the
 * galleries of H. Li, Z. Xu, G. Taylor, C. Studer and T. Goldstein ("Visualizing the loss landscape of neural nets", NeurIPS 2018,
 * figures 1, 5 and 6).
 *
 * @param images training and held-out images
 * @param size sizes of networks, data and surfaces
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record Gallery(ImageSplit images, Size size, long seed, Console console) {

    /** The picture is larger than the film. */
    private static final FilmOptions PICTURE = Comparison.FILM.withSize(1920, 1080);

    /**
     * Sizes of networks, data and surfaces.
     *
     * @param width filters of the first stage of most networks, even
     * @param epochs epochs to train
     * @param grid points on each side of a surface
     * @param probe number of images of a surface, and of held-out images
     * @param picture options of the picture
     * @param film options of the film
     */
    public record Size(int width, int epochs, int grid, int probe, FilmOptions picture, FilmOptions film) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(8, 3, 17, 128, PICTURE, Comparison.FILM.withLength(6, 15));
        /** Twice as wide, trained longer, with finer surfaces. */
        public static final Size FULL = new Size(16, 8, 41, 256, PICTURE, Comparison.FILM);
    }

    /**
     * Trains all networks, except those whose runs are complete in the directory, draws their surfaces, and judges whether the flatter ones are the better ones.
     *
     * @param directory receives runs, picture, film and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        Map<Exhibit, Frame> frames = new EnumMap<>(Exhibit.class);
        RecordedStudy study = RecordedStudy.in(directory, description());
        for (Exhibit exhibit : Exhibit.values()) {
            if (study.frame(exhibit.title()).isEmpty()) {
                exhibit.show(images, size, seed, study.run(exhibit.title()), console);
            }
            frames.put(exhibit, study.frame(exhibit.title()).orElseThrow());
        }
        findings.line("");
        findings.line(SurfaceTable.HEADER);
        frames.forEach((exhibit, frame) -> findings.line(SurfaceTable.row(exhibit.title(), frame)));
        judge(findings, List.copyOf(frames.values()));
        List<RunFrames> runs = new ArrayList<>();
        for (Exhibit exhibit : Exhibit.values()) {
            runs.add(RunFrames.open(directory.resolve(exhibit.title())));
        }
        new Comparison(runs).write(size.picture(), caption(), size.film(), directory, "gallery", console);
        findings.write(directory);
    }

    private Map<String, String> description() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("scenario", "gallery");
        settings.put("images", images.training().source());
        settings.put("number", String.valueOf(images.training().size()));
        settings.put("width", String.valueOf(size.width()));
        settings.put("epochs", String.valueOf(size.epochs()));
        settings.put("grid", String.valueOf(size.grid()));
        settings.put("probe", String.valueOf(size.probe()));
        settings.put("seed", String.valueOf(seed));
        return settings;
    }

    /** What all surfaces share. */
    private String caption() {
        return String.format(
                Locale.ROOT,
                "Loss on the same %d training images, logarithmic, on one scale. Planes: two random filter-normalized"
                        + " directions, from -1 to 1. %d x %d points.",
                size.probe(),
                size.grid(),
                size.grid());
    }

    /** Compares each network with each other one. */
    static void judge(Findings findings, List<Frame> frames) {
        int agreeing = 0;
        int pairs = 0;
        for (int i = 0; i < frames.size(); i++) {
            for (int j = 0; j < i; j++) {
                double flatter = SurfaceTable.rise(frames.get(i)) - SurfaceTable.rise(frames.get(j));
                double better = heldLoss(frames.get(i)) - heldLoss(frames.get(j));
                pairs++;
                agreeing += flatter * better > 0 ? 1 : 0;
            }
        }
        findings.claim(
                "Flat surfaces come with low test error (Li et al. 2018, section 5.5)",
                2 * agreeing > pairs,
                String.format(
                        Locale.ROOT,
                        "in %d of %d pairs of networks the one with the smaller mean rise at radius 0.5 has the lower"
                                + " held-out loss",
                        agreeing,
                        pairs));
    }

    private static double heldLoss(Frame frame) {
        return frame.validationLoss().orElse(Double.NaN);
    }
}
