package org.thalweg.krylov;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.TestInfo;

/** A fresh seed for each test run, printed so that a failure can be run again. */
public final class Seeds {

    private Seeds() {}

    public static long fresh(TestInfo test) {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println(test.getTestClass().map(Class::getSimpleName).orElse("") + " " + test.getDisplayName()
                + ": seed " + seed);
        return seed;
    }
}
