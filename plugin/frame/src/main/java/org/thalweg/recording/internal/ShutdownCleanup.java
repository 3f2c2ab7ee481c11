package org.thalweg.recording.internal;

/**
 * Deletes unfinished files when the process is asked to end, by Ctrl-C for example. For programs whose files are
 * useless before they are complete, and that write no files while they end.
 */
public final class ShutdownCleanup implements AutoCloseable {

    private final Thread hook = new Thread(AtomicFile::abandon, "thalweg-cleanup");

    private ShutdownCleanup() {}

    /** Watches for the end of the process until closed. */
    public static ShutdownCleanup watch() {
        ShutdownCleanup cleanup = new ShutdownCleanup();
        Runtime.getRuntime().addShutdownHook(cleanup.hook);
        return cleanup;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs; no further action is needed.
        }
    }
}
