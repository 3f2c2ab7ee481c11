package org.thalweg.cuda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.ExecutorContract;
import org.thalweg.testing.Seeds;

/** Every op on the twin, its threads in an order that the seed decides. */
class CudaExecutorTest extends ExecutorContract {

    private @Nullable CudaContext context;

    @Override
    protected Executor executor() {
        Twin.use();
        long seed = Seeds.fresh("CudaExecutorTest order");
        Twin.Order[] orders = Twin.Order.values();
        Twin.order(orders[new SplittableRandom(seed).nextInt(orders.length)], seed);
        CudaContext opened = CudaContext.open(CudaDriver.load().devices().get(0));
        context = opened;
        return new CudaExecutor(opened, 1L << 30);
    }

    @AfterEach
    void nothingIsWrongOrLeft() {
        requireNonNull(context).close();
        assertThat(Twin.complaint()).isEmpty();
    }
}
