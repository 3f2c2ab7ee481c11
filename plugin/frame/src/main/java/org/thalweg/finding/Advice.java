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

    private static final String EDGE = "J. Cohen et al., arXiv 2103.00065";
    private static final String NOISE = "S. McCandlish et al., arXiv 1812.06162";
    private static final String CRITICAL = "D. Kalra et al., arXiv 2601.16979";
    private static final String SAMPLING = "L. Tatzel et al., arXiv 2410.14325";

    /** By the kind of the finding. */
    private static final Map<String, Advice> ALL = Map.ofEntries(
            Map.entry(
                    "edge_of_stability",
                    new Advice("Lower the learning rate if the loss jumps; otherwise this is normal.", EDGE)),
            Map.entry(
                    "negative_curvature",
                    new Advice("Train on: the gradient leaves saddles by itself, faster with momentum.", "")),
            Map.entry("convex", new Advice("", "")),
            Map.entry("sharpness", new Advice("Watch it against the edge of stability.", EDGE)),
            Map.entry(
                    "no_eigenvalues",
                    new Advice("Read the reason: memory needs a larger budget, a kink another frame.", "")),
            Map.entry("unconverged", new Advice("Allow more Hessian-vector products, or a looser tolerance.", "")),
            Map.entry(
                    "asymmetric",
                    new Advice("Compare with double precision, and trust no eigenvalue of this frame.", "")),
            Map.entry(
                    "probe_too_small",
                    new Advice("Take a larger probe: the error falls with the root of its size.", SAMPLING)),
            Map.entry(
                    "fitted_curvature",
                    new Advice("Take a larger probe, and believe the curvature on validation examples.", SAMPLING)),
            Map.entry("diverged", new Advice("Lower the learning rate, warm it up, or clip gradients.", "")),
            Map.entry("loss_risen", new Advice("Lower the learning rate, or go back to an earlier checkpoint.", "")),
            Map.entry("overfitting", new Advice("Stop here, regularize, or take more data.", "")),
            Map.entry(
                    "valleys_apart",
                    new Advice(
                            "Regularize, or average the weights of several checkpoints.",
                            "P. Izmailov et al., arXiv 1803.05407")),
            Map.entry("flat_start", new Advice("Check the initialization and the scale of the inputs.", "")),
            Map.entry(
                    "dead_layer",
                    new Advice("Check activations and initialization: a layer of dead ReLUs learns nothing more.", "")),
            Map.entry(
                    "noisy_gradient",
                    new Advice("Take larger batches, or a lower learning rate, for steadier steps.", NOISE)),
            Map.entry(
                    "large_batch",
                    new Advice(
                            "Smaller batches would bring as much in fewer examples; or raise the learning rate.",
                            NOISE)),
            Map.entry("long_step", new Advice("Lower the learning rate.", CRITICAL)),
            Map.entry("short_step", new Advice("Raise the learning rate.", CRITICAL)),
            Map.entry(
                    "loss_spike",
                    new Advice(
                            "Lower the learning rate or beta2 of the updater, and keep a checkpoint from before.",
                            "Z. Bai et al., arXiv 2506.04805")),
            Map.entry(
                    "off_course",
                    new Advice(
                            "Look at what changed then: learning rate, data, or layers that learn.",
                            "E. S. Page, Biometrika 41 (1954)")),
            Map.entry("partial", new Advice("Allow frames more time, or make them smaller.", "")),
            Map.entry("not_finite", new Advice("Look closer: take a smaller range of the surface.", "")),
            Map.entry("coarse", new Advice("Take more points.", "")),
            Map.entry("flat", new Advice("Take a larger range, or directions of eigenvectors.", "")),
            Map.entry("lower_ground", new Advice("Train on.", "")),
            Map.entry(
                    "untypical_plane",
                    new Advice("Draw other planes, by another seed, before you conclude from this one.", "")),
            Map.entry(
                    "hollows",
                    new Advice(
                            "Look at the bar code: few deep hollows say more than many.",
                            "T. Xie et al., arXiv 2411.09807")));

    static Finding note(String kind, String words, Map<String, Double> numbers) {
        return finding(kind, Severity.NOTE, words, numbers);
    }

    static Finding warning(String kind, String words, Map<String, Double> numbers) {
        return finding(kind, Severity.WARNING, words, numbers);
    }

    static Finding alarm(String kind, String words, Map<String, Double> numbers) {
        return finding(kind, Severity.ALARM, words, numbers);
    }

    private static Finding finding(String kind, Severity severity, String words, Map<String, Double> numbers) {
        Advice advice = ALL.get(kind);
        if (advice == null) {
            throw new IllegalStateException("there is no advice for findings of the kind " + kind);
        }
        return new Finding(kind, severity, words, numbers, advice.words, advice.reference);
    }
}
