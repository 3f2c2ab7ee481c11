package org.thalweg.testing;

import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.opentest4j.TestAbortedException;

/** Adds the seeds that a test has drawn to the message of its failure. Registered for every test by the service loader. */
public final class SeededFailures
        implements TestInstancePreConstructCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        Seeds.begin();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw seeded(context.getRequiredTestClass(), failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw seeded(context.getRequiredTestClass(), failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw seeded(context.getRequiredTestClass(), failure);
    }

    static Throwable seeded(Class<?> test, Throwable failure) {
        Set<String> options = Seeds.options(test);
        return options.isEmpty() || failure instanceof TestAbortedException
                ? failure
                : new SeededFailure(failure, options);
    }

    /** A failure with its seeds; the stack is that of its cause. */
    static final class SeededFailure extends AssertionError {

        private static final long serialVersionUID = 1L;

        SeededFailure(Throwable failure, Set<String> options) {
            super(failure + "\nrepeat it with " + String.join(" or ", options), failure);
            setStackTrace(new StackTraceElement[0]);
        }
    }
}
