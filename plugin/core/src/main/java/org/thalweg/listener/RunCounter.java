package org.thalweg.listener;

/**
 * Completed iterations and epochs of the run. Trainers may reset a network's own counts (EarlyStoppingTrainer starts
 * epochs at 0, a user may restart iterations for a learning rate schedule); the run's counts only grow, so that a
 * frame's number identifies one moment of the run. Thread-safe.
 */
final class RunCounter {

    private long networkIterations;
    private long iterations;
    private int epochs;

    /** Starts with a network's own counts. */
    RunCounter(long iterations, int epochs) {
        this.networkIterations = iterations;
        this.iterations = iterations;
        this.epochs = epochs;
    }

    /**
     * Counts a completed update.
     *
     * @param network the network's own number of completed updates, including this one
     * @return the run's
     */
    synchronized long updated(long network) {
        iterations += Math.max(1, network - networkIterations);
        networkIterations = network;
        return iterations;
    }

    /**
     * Counts a completed epoch.
     *
     * @param network the network's own number of completed epochs, including this one
     * @return the run's
     */
    synchronized int epochEnded(int network) {
        epochs = Math.max(epochs + 1, network);
        return epochs;
    }

    /**
     * Completed iterations of the run, including those that were not watched.
     *
     * @param network the network's own number of completed updates
     */
    synchronized long iterations(long network) {
        if (network > networkIterations) {
            iterations += network - networkIterations;
        }
        networkIterations = network;
        return iterations;
    }

    /**
     * Completed epochs of the run, including those that the network counted but did not announce.
     *
     * @param network the network's own number of completed epochs
     */
    synchronized int epochs(int network) {
        epochs = Math.max(epochs, network);
        return epochs;
    }

    /**
     * Number of updates of the network since the last one that a callback announced.
     *
     * @param network the network's own number of completed updates
     */
    synchronized long unseen(long network) {
        return Math.max(0, network - networkIterations);
    }
}
