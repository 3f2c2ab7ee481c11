package org.thalweg.cuda;

import java.util.OptionalInt;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.ExecutorContract;

/** Every op on the twin, with threads in an order that the seed determines. */
@ExtendWith(OnTwin.class)
class CudaExecutorTest extends ExecutorContract {

    @Override
    protected Executor executor() {
        return new CudaProvider().device(OptionalInt.empty()).open();
    }
}
