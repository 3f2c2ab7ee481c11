package org.thalweg.listener;

/**
 * The iterations or epochs at which frames are due. Immutable.
 *
 * <p>Epochs count only where DL4J announces them: in {@code fit(DataSetIterator)} and its variants, not in
 * {@code fit(DataSet)}.
 *
 * @since 0.2.0
 */
public sealed interface Schedule {

    /** Whether a frame is due after a number of completed parameter updates. */
    boolean atIteration(long iterations);

    /** Whether a frame is due after a number of completed epochs. */
    boolean atEpoch(int epochs);

    /** The schedule in words. */
    String describe();

    /** A frame after every n-th epoch. */
    static Schedule everyEpochs(int n) {
        return new EveryEpochs(n);
    }

    /** A frame after every n-th parameter update. */
    static Schedule everyIterations(long n) {
        return new EveryIterations(n);
    }

    /**
     * Frames at about equal distances in the logarithm of the iteration: dense at the start of training, when the
     * network changes fast.
     *
     * @param perDecade number of frames between 1 and 10, 10 and 100, ...
     */
    static Schedule logarithmic(int perDecade) {
        return new Logarithmic(perDecade);
    }

    /**
     * No frame is ever due: the only frames are the one before training and those of {@link LandscapeListener#capture}.
     */
    static Schedule onDemand() {
        return new OnDemand();
    }

    /** See {@link Schedule#everyEpochs}. */
    record EveryEpochs(int n) implements Schedule {
        public EveryEpochs {
            requirePositive("epochs between frames", n);
        }

        @Override
        public boolean atIteration(long iterations) {
            return false;
        }

        @Override
        public boolean atEpoch(int epochs) {
            return epochs % n == 0;
        }

        @Override
        public String describe() {
            return n == 1 ? "every epoch" : "every " + n + " epochs";
        }
    }

    /** See {@link Schedule#everyIterations}. */
    record EveryIterations(long n) implements Schedule {
        public EveryIterations {
            requirePositive("iterations between frames", n);
        }

        @Override
        public boolean atIteration(long iterations) {
            return iterations % n == 0;
        }

        @Override
        public boolean atEpoch(int epochs) {
            return false;
        }

        @Override
        public String describe() {
            return n == 1 ? "every iteration" : "every " + n + " iterations";
        }
    }

    /** See {@link Schedule#logarithmic}. */
    record Logarithmic(int perDecade) implements Schedule {
        public Logarithmic {
            requirePositive("frames a decade", perDecade);
        }

        @Override
        public boolean atIteration(long iterations) {
            // Due when a power of 10^(1/perDecade), rounded, falls on this iteration.
            long k = Math.round(perDecade * Math.log10((double) iterations));
            return iterations == Math.round(Math.pow(10, (double) k / perDecade));
        }

        @Override
        public boolean atEpoch(int epochs) {
            return false;
        }

        @Override
        public String describe() {
            return perDecade + " frames a decade of iterations";
        }
    }

    /** See {@link Schedule#onDemand}. */
    record OnDemand() implements Schedule {
        @Override
        public boolean atIteration(long iterations) {
            return false;
        }

        @Override
        public boolean atEpoch(int epochs) {
            return false;
        }

        @Override
        public String describe() {
            return "on demand";
        }
    }

    private static void requirePositive(String what, long n) {
        if (n < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + n);
        }
    }
}
