package org.thalweg.listener;

/**
 * Completed iterations and epochs of the run. Trainers set a network's own counts back (EarlyStoppingTrainer starts epochs
 * at 0, a user may restart iterations for a learning rate schedule); those of the run only grow, so that a frame's number
 * means one moment of the run. Thread-safe.
 */
final class RunCounter {

    private long networkIterations;
    private long iterations;
    private int epochs;

    /** Starts at a network's own counts. */
    RunCounter(long iterations, int epochs) {
        this.networkIterations = iterations;
        this.iterations = iterations;
        this.epochs = epochs;
    }

    /**
     * Notes that an update was completed.
     *
     * @param network the network's own number of completed updates, with this one
     * @return the run's
     */
    synchronized long updated(long network) {
        iterations += Math.max(1, network - networkIterations);
        networkIterations = network;
        return iterations;
    }

    /**
     * Notes that an epoch was completed.
     *
     * @param network the network's own number of completed epochs, with this one
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
     * Updates of the network since the last one that a callback announced.
     *
     * @param network the network's own number of completed updates
     */
    synchronized long unseen(long network) {
        return Math.max(0, network - networkIterations);
    }
}
