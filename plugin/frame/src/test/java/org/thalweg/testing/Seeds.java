package org.thalweg.testing;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fresh seeds for every run, printed, and added to the message of a failure by {@link SeededFailures}, so that
 * {@code -Dthalweg.seed=...} repeats it.
 */
public final class Seeds {

    private static final String PROPERTY = "thalweg.seed";

    private static final Map<Class<?>, Long> OF_CLASSES = Collections.synchronizedMap(new HashMap<>());
    private static final Set<Long> OF_TEST = Collections.synchronizedSet(new LinkedHashSet<>());

    private Seeds() {}

    /** A new seed, or the one given on the command line. */
    public static long fresh(String test) {
        Long given = Long.getLong(PROPERTY);
        long seed = given != null ? given : ThreadLocalRandom.current().nextLong(1L << 31);
        System.out.println(test + ": " + option(seed));
        Optional<Class<?>> initialized = classBeingInitialized();
        if (initialized.isPresent()) {
            OF_CLASSES.put(initialized.get(), seed);
        } else {
            OF_TEST.add(seed);
        }
        return seed;
    }

    /** Forgets the seeds of the test before. */
    static void begin() {
        OF_TEST.clear();
    }

    /** The options that repeat a test: one for each seed drawn for it or for a static field of its class. */
    static Set<String> options(Class<?> test) {
        Set<Long> seeds = new LinkedHashSet<>();
        for (Class<?> type = test; type != null; type = type.getSuperclass()) {
            Optional.ofNullable(OF_CLASSES.get(type)).ifPresent(seeds::add);
        }
        seeds.addAll(OF_TEST);
        Set<String> options = new LinkedHashSet<>();
        seeds.forEach(seed -> options.add(option(seed)));
        return options;
    }

    private static String option(long seed) {
        return "-D" + PROPERTY + "=" + seed;
    }

    /** The class whose static field asks. */
    private static Optional<Class<?>> classBeingInitialized() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> frame.getMethodName().equals("<clinit>"))
                        .findFirst()
                        .map(StackWalker.StackFrame::getDeclaringClass));
    }
}
