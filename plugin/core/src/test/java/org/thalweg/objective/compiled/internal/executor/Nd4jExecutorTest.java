package org.thalweg.objective.compiled.internal.executor;

/** ND4J keeps what ops promise. */
class Nd4jExecutorTest extends ExecutorContract {

    @Override
    protected Executor executor() {
        return new Nd4jExecutor();
    }
}
