package org.thalweg.spark;

import java.io.Serializable;

/**
 * A query to one part: the unit that Spark runs, and runs again elsewhere if an executor is lost.
 *
 * @param <R> the answer
 */
record PartTask<R>(Part part, PartContext context, PartQuery<R> query) implements Serializable {

    R run() {
        return ExecutorParts.use(part, context, query::answer);
    }

    /**
     * As {@link #run}, but returns the objective's exceptions instead of throwing them, so that Spark does not try
     * again elsewhere.
     *
     * @return the argument of {@link #answer}
     */
    Object[] attempt() {
        try {
            return new Object[] {run()};
        } catch (UnsupportedOperationException | IllegalArgumentException refused) {
            return new Object[] {refused.getMessage(), refused instanceof UnsupportedOperationException};
        }
    }

    /**
     * The answer of an attempt.
     *
     * @throws UnsupportedOperationException if the objective threw one
     * @throws IllegalArgumentException if the objective threw one
     */
    R answer(Object[] attempt) {
        if (attempt.length == 2) {
            String message = (String) attempt[0];
            throw (boolean) attempt[1]
                    ? new UnsupportedOperationException(message)
                    : new IllegalArgumentException(message);
        }
        @SuppressWarnings("unchecked") // as attempt() put it
        R answer = (R) attempt[0];
        return answer;
    }
}
