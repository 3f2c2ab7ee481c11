package org.thalweg.finding;

import java.util.Map;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;

/**
 * What to try after a finding, and where to read more.
 *
 * @param words a sentence
 * @param reference a paper; empty where none is needed
 */
record Advice(String words, String reference) {

    private static final String TRAIN_ON = "Train on";
    private static final String NO_MORE =
            "The validation loss has risen, so a lower training loss need not be better: see to that first.";
    private static final String EDGE = "J. Cohen et al., arXiv 2103.00065";
    private static final String NOISE = "S. McCandlish et al., arXiv 1812.06162";
    private static final String CRITICAL = "D. Kalra et al., arXiv 2601.16979";
    private static final String SAMPLING = "L. Tatzel et al., arXiv 2410.14325";

    private static final Map<String, Advice> BY_KIND = Map.ofEntries(
            advice("edge_of_stability", "Lower the learning rate if the loss jumps; otherwise this is normal.", EDGE),
            advice("negative_curvature", TRAIN_ON + ": the gradient leaves saddles by itself, faster with momentum."),
            advice("convex", ""),
            advice("sharpness", "Watch it against the edge of stability.", EDGE),
            advice("no_eigenvalues", "Read the reason: memory needs a larger budget, a kink another frame."),
            advice("unconverged", "Allow more Hessian-vector products, or a looser tolerance."),
            advice("asymmetric", "Compare with double precision, and trust no eigenvalue of this frame."),
            advice("probe_too_small", "Take a larger probe: the error falls with the root of its size.", SAMPLING),
            advice(
                    "fitted_curvature",
                    "Take a larger probe, and believe the curvature on validation examples.",
                    SAMPLING),
            advice("diverged", "Lower the learning rate, warm it up, or clip gradients."),
            advice("loss_risen", "Lower the learning rate, or go back to an earlier checkpoint."),
            advice("overfitting", "Stop here, regularize, or take more data."),
            advice(
                    "valleys_apart",
                    "Regularize, or average the weights of several checkpoints.",
                    "P. Izmailov et al., arXiv 1803.05407"),
            advice("flat_start", "Check the initialization and the scale of the inputs."),
            advice("dead_layer", "Check activations and initialization: a layer of dead ReLUs learns nothing more."),
            advice("noisy_gradient", "Take larger batches, or a lower learning rate, for steadier steps.", NOISE),
            advice(
                    "large_batch",
                    "Smaller batches would bring as much in fewer examples; or raise the learning rate.",
                    NOISE),
            advice("long_step", "Lower the learning rate.", CRITICAL),
            advice("short_step", "Raise the learning rate.", CRITICAL),
            advice(
                    "loss_spike",
                    "Lower the learning rate or beta2 of the updater, and keep a checkpoint from before.",
                    "Z. Bai et al., arXiv 2506.04805"),
            advice(
                    "off_course",
                    "Look at what changed then: learning rate, data, or layers that learn.",
                    "E. S. Page, Biometrika 41 (1954)"),
            advice("partial", "Allow frames more time, or make them smaller."),
            advice("not_finite", "Look closer: take a smaller range of the surface."),
            advice("coarse", "Take more points."),
            advice("flat", "Take a larger range, or directions of eigenvectors."),
            advice("lower_ground", TRAIN_ON + "."),
            advice(
                    "constant",
                    "Check the initialization, or take directions without normalization: those scaled to weights of"
                            + " zero are zero."),
            advice("untypical_plane", "Draw other planes, by another seed, before you conclude from this one."),
            advice(
                    "hollows",
                    "Look at the bar code: few deep hollows say more than many.",
                    "T. Xie et al., arXiv 2411.09807"));

    static Finding note(String kind, String words, Map<String, Double> numbers) {
        return finding(kind, Severity.NOTE, words, numbers);
    }

    static Finding warning(String kind, String words, Map<String, Double> numbers) {
        return finding(kind, Severity.WARNING, words, numbers);
    }

    static Finding alarm(String kind, String words, Map<String, Double> numbers) {
        return finding(kind, Severity.ALARM, words, numbers);
    }

    /** The finding without the advice to train on, if it has that. */
    static Finding notToTrainOn(Finding finding) {
        return finding.advice().startsWith(TRAIN_ON)
                ? new Finding(finding.kind(), finding.severity(), finding.words(), finding.numbers(), NO_MORE, "")
                : finding;
    }

    private static Finding finding(String kind, Severity severity, String words, Map<String, Double> numbers) {
        Advice advice = BY_KIND.get(kind);
        if (advice == null) {
            throw new IllegalStateException("there is no advice for findings of the kind " + kind);
        }
        return new Finding(kind, severity, words, numbers, advice.words, advice.reference);
    }

    private static Map.Entry<String, Advice> advice(String kind, String words) {
        return advice(kind, words, "");
    }

    private static Map.Entry<String, Advice> advice(String kind, String words, String reference) {
        return Map.entry(kind, new Advice(words, reference));
    }
}
