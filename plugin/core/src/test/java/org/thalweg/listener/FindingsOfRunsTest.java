package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.testing.Seeds;

/**
 * Each finding appears on runs that are made to have it, and not on healthy ones: small networks on a problem that a
 * teacher labels. {@code -Dthalweg.findings.seeds=20} tries as many seeds; no threshold was chosen on them.
 */
class FindingsOfRunsTest {

    private static final int SEEDS = Integer.getInteger("thalweg.findings.seeds", 1);

    /** One of 20 may fail. */
    private static final double FAILURES = 0.05;

    /**
     * If a smaller number has a failure, this many are tried and two may fail; by chance one test in a thousand fails.
     */
    private static final int MORE = 5;

    private static final long SEED = Seeds.fresh("FindingsOfRunsTest");

    /** What twins tell: the n-th is the twin of the n-th run of every kind that has this twin. */
    private static final Map<Consumer<FindingRun>, List<Set<String>>> TWINS = new HashMap<>();

    /** Twins of several kinds of runs. */
    private enum Twin implements Consumer<FindingRun> {
        HEALTHY {
            @Override
            public void accept(FindingRun run) {}
        },
        WITH_LAYERS {
            @Override
            public void accept(FindingRun run) {
                run.curvature = run.curvature.withLayers(true);
            }
        }
    }

    static Stream<Arguments> characters() {
        return Stream.of(
                character("diverged", run -> run.atRate(1e30, 12)),
                character("edge_of_stability", run -> run.atRate(30, 12)),
                character("loss_spike", run -> run.atRate(30, 12)),
                character("loss_risen", run -> {
                    run.before = 100;
                    run.atRate(1, 24);
                    run.laterRate = 100;
                }),
                character("long_step", run -> {
                    run.batch = 1;
                    run.noise = 0.7;
                    run.updater = new Sgd(0.5);
                    run.before = 200;
                    run.every = 2;
                }),
                character("short_step", run -> {
                    run.batch = 256;
                    run.atRate(1e-4, 12);
                }),
                character("flat_start", run -> {
                    run.examples = 1024;
                    run.noise = 1;
                    run.init = WeightInit.ZERO;
                    run.atRate(1e-9, 4);
                }),
                character("constant", run -> run.init = WeightInit.ZERO),
                character(
                        "dead_layer",
                        run -> {
                            Twin.WITH_LAYERS.accept(run);
                            run.bias = -30;
                        },
                        Twin.WITH_LAYERS),
                character("noisy_gradient", run -> {
                    run.examples = 1024;
                    run.batch = 1;
                    run.noise = 0.7;
                }),
                character("large_batch", run -> {
                    run.examples = 1024;
                    run.batch = 1024;
                    run.atRate(0.01, 4);
                }),
                character("probe_too_small", run -> {
                    run.probe = 16;
                    run.atRate(1, 300);
                }),
                character("overfitting", run -> {
                    run.examples = 24;
                    run.noise = 1;
                    run.atRate(1, 400);
                }));
    }

    private static Arguments character(String kind, Consumer<FindingRun> made) {
        return character(kind, made, Twin.HEALTHY);
    }

    private static Arguments character(String kind, Consumer<FindingRun> made, Consumer<FindingRun> twin) {
        return Arguments.of(kind, made, twin);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("characters")
    void aFindingIsOnItsRunsAndNotOnTheirTwins(String kind, Consumer<FindingRun> made, Consumer<FindingRun> twin)
            throws Exception {
        Random random = new Random(SEED + kind.hashCode());
        int missed = 0;
        int falseAlarms = 0;
        int tried = 0;
        while (tried < SEEDS || (tried < MORE && missed + falseAlarms > 0)) {
            tried++;
            missed += findings(made, random).contains(kind) ? 0 : 1;
            falseAlarms += twin(twin, tried).contains(kind) ? 1 : 0;
        }
        if (tried > 1) {
            System.out.printf(Locale.ROOT, "%s: missed %d, false alarms %d of %d%n", kind, missed, falseAlarms, tried);
        }
        int most = tried > MORE ? (int) (FAILURES * tried) : 2;
        assertThat(missed).as("runs without %s", kind).isLessThanOrEqualTo(most);
        assertThat(falseAlarms).as("twins with %s", kind).isLessThanOrEqualTo(most);
    }

    private static Set<String> twin(Consumer<FindingRun> twin, int n) throws InterruptedException {
        List<Set<String>> known = TWINS.computeIfAbsent(twin, any -> new ArrayList<>());
        while (known.size() < n) {
            known.add(findings(twin, new Random(SEED + known.size())));
        }
        return known.get(n - 1);
    }

    private static Set<String> findings(Consumer<FindingRun> change, Random random) throws InterruptedException {
        FindingRun run = new FindingRun();
        change.accept(run);
        return run.findings(random);
    }
}
