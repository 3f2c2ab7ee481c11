package org.thalweg.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.thalweg.testing.Seeds;

/**
 * Runs a test on the twin, with threads in an order that a seed determines. Code that asks for any device gets the
 * twin. Kernels must have run, without an error that a GPU could not tolerate.
 */
public final class OnTwin implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private long launches;

    @Override
    public void beforeAll(ExtensionContext context) {
        Twin.use();
        launches = Twin.launches();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Twin.use();
        long seed = Seeds.fresh(context.getDisplayName() + " order");
        Twin.Order[] orders = Twin.Order.values();
        Twin.order(orders[new SplittableRandom(seed).nextInt(orders.length)], seed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Twin.repair();
        assertThat(Twin.complaint()).isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(Twin.launches()).as("kernels that ran").isGreaterThan(launches);
    }
}
